"""How services and bodies answer what they are asked: one row each, the most asked first."""

from mediane.kit.french import NBSP, count
from mediane.statistics.queries.lists import word
from mediane.statistics.rules.indicators import INDICATORS
from mediane.statistics.rules.indicators.questions import by_service
from mediane.statistics.states import Axis
from mediane.web.steering import charts, charts_bars
from mediane.web.steering.figures.read import Read
from mediane.web.steering.figures.shown import Column, Drawing, Kind, Shown, rounded, table

WIDE, NARROW = 660, 300
MOST_LINES = 8
CODES = ("questions_asked", "questions_answered_in_time", "days_to_answer", "questions_overdue")


def questions(read: Read) -> Shown:
    found = by_service(read.now)
    drawn = [
        charts.Bar(word(Axis.ASKED_OF, one.code), one.in_time_share, rounded(one.in_time_share), None)
        for one in found[:MOST_LINES]
        if one.in_time_share is not None
    ]
    columns = (
        Column("Service ou organisme", Kind.TEXT),
        Column("Questions posées"),
        Column("Répondues à temps"),
        Column("Part à temps", Kind.PERCENT),
        Column("Délai médian", Kind.DAYS),
        Column("En retard"),
    )
    rows = [
        (
            word(Axis.ASKED_OF, one.code),
            one.asked,
            one.in_time,
            one.in_time_share,
            one.median_days,
            one.overdue,
        )
        for one in found
    ]
    return Shown(
        code="questions",
        title=_title(sum(one.overdue for one in found), sum(one.asked for one in found)),
        counts="Part des questions répondues à temps, par service ou organisme",
        table=table(columns, rows),
        indicators=tuple(INDICATORS[code] for code in CODES),
        drawing=_drawing(drawn) if drawn else None,
        nothing="Aucune question posée dans cette période n’a encore de réponse, ni de retard.",
    )


def _title(overdue: int, asked: int) -> str:
    if not asked:
        return "Aucune question posée à un service"
    late = f"{NBSP}: {count(overdue, 'en retard', 'en retard')}" if overdue else ""
    return f"{count(asked, 'question posée', 'questions posées')} aux services{late}"


def _drawing(drawn: list[charts.Bar]) -> Drawing:
    return Drawing.of(lambda width: charts_bars.bars(drawn, width=width), wide=WIDE, narrow=NARROW)
