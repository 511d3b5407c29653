"""How services and bodies answer what the mediation asks them."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from mediane.statistics.rules.figures import Counted, Line, Medians, Split, medians, share, split
from mediane.statistics.rules.indicators.registry import DAYS, indicator
from mediane.statistics.states import Axis, Population

QUESTIONS = "questions"
ASKED_IN_PERIOD = "Les questions posées dans la période, aux services de la Caf et aux autres organismes."


@indicator(
    name="Questions posées",
    definition="À qui la médiation a posé ses questions\u00a0: un service de la Caf ou un autre organisme. "
    "Une question retirée, ou dont le dossier est clos sans réponse, compte comme posée, "
    "et nulle part ailleurs.",
    over=ASKED_IN_PERIOD,
    axis=Axis.ASKED_OF,
    unit=QUESTIONS,
)
def questions_asked(counted: Counted) -> Split:
    return split(counted, Axis.ASKED_OF, Population.CONSULTED)


@indicator(
    name="Questions répondues à temps",
    definition="Celles dont la réponse est venue au plus tard le jour attendu, parmi celles qui ont "
    "une réponse ou qui sont en retard.",
    over=ASKED_IN_PERIOD,
    axis=Axis.IN_TIME,
    unit=QUESTIONS,
)
def questions_answered_in_time(counted: Counted) -> Split:
    return _in_time(counted)


@indicator(
    name="Délai des réponses",
    definition="Le nombre de jours, de la question à la réponse, que la moitié des réponses de chacun "
    "n’a pas dépassé.",
    over="Les questions posées dans la période, et qui ont une réponse.",
    axis=Axis.ASKED_OF,
    unit=DAYS,
)
def days_to_answer(counted: Counted) -> Medians:
    return medians(counted, Axis.DAYS_OF_EACH, Population.CONSULTED)


@indicator(
    name="Questions en retard",
    definition="Celles dont le jour est passé, ce que Médiane a constaté un jour ouvré, "
    "et qui attendent encore leur réponse.",
    over=ASKED_IN_PERIOD,
    axis=Axis.OVERDUE,
    unit=QUESTIONS,
)
def questions_overdue(counted: Counted) -> Split:
    return split(counted, Axis.OVERDUE, Population.CONSULTED)


def _in_time(counted: Counted) -> Split:
    """Of each, a share of its own."""
    answered = split(counted, Axis.ANSWERED, Population.CONSULTED)
    overdue = split(counted, Axis.OVERDUE, Population.CONSULTED)
    in_time = split(counted, Axis.IN_TIME, Population.CONSULTED)
    dated: Counter[str] = Counter()
    for line in (*answered.lines, *overdue.lines):
        dated[line.code] += line.number
    found = ((code, in_time.of(code).number, base) for code, base in sorted(dated.items()))
    lines = [Line(code, number, share(number, base)) for code, number, base in found]
    return Split(tuple(sorted(lines, key=lambda line: -line.number)), dated.total())


@dataclass(frozen=True)
class Answering:
    """One service or body, as every page tells it: the four figures side by side."""

    code: str
    asked: int
    in_time: int
    in_time_share: Decimal | None
    median_days: int | None
    overdue: int


def by_service(counted: Counted) -> list[Answering]:
    """The most asked first."""
    overdue = split(counted, Axis.OVERDUE, Population.CONSULTED)
    days = medians(counted, Axis.DAYS_OF_EACH, Population.CONSULTED)
    in_time = _in_time(counted)
    shares = {line.code: line.share for line in in_time.lines}
    return [
        Answering(
            code=line.code,
            asked=line.number,
            in_time=in_time.of(line.code).number,
            in_time_share=shares.get(line.code),
            median_days=days.of(line.code),
            overdue=overdue.of(line.code).number,
        )
        for line in split(counted, Axis.ASKED_OF, Population.CONSULTED).lines
    ]
