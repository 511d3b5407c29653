"""What the report says of figures by value: the largest, what moved in points, where the network differs."""

from dataclasses import dataclass
from decimal import Decimal

from mediane.kit.french import NBSP, count, join, number
from mediane.reports.rules.drafted import Drafted
from mediane.reports.rules.figures import ONLINE, Cell, Figures, Told
from mediane.reports.rules.wording import in_quotes
from mediane.statistics.rules import drafting_reasons
from mediane.statistics.rules.comparing import (
    FEWEST_FOR_A_PERCENTAGE,
    STABLE_POINTS,
    percent,
    said,
    said_of_a_share,
)
from mediane.statistics.rules.figures import UNNAMED
from mediane.statistics.rules.indicators import INDICATORS
from mediane.statistics.states import Axis

# Under so many, a share says little of anybody: it is left to the tables.
ENOUGH_FOR_A_SENTENCE = 10
MOST_SENTENCES = 5
# Benefits whose precise reasons are told in a paragraph; the table has them all.
MOST_BENEFITS = 6
SOCIAL = {"households": "le foyer", "ages": "l’âge", "quotients": "le quotient familial"}


@dataclass(frozen=True)
class Subject:
    """How a figure by value is told; of the first ones, that they do not move is said too."""

    code: str
    title: str
    # « des saisines ont pour cause ».
    words: str
    always: int = 2


SUBJECTS = {
    "causes": Subject("causes", "La première cause", "des saisines ont pour cause"),
    "grounds": Subject("grounds", "Le premier motif", "des personnes donnent pour motif", always=3),
    "groups": Subject("benefit_groups", "La première prestation", "des saisines concernent", always=4),
    "benefits": Subject("benefits", "La première prestation", "des saisines concernent"),
    "origins": Subject("origins", "La première origine", "des saisines viennent de l’origine", always=4),
    "channels": Subject("channels", "Le premier canal", "des saisines arrivent par le canal"),
}


def by_value(subject: Subject, figures: Figures) -> Drafted:
    year = figures.numbers.year
    now, before = figures.split(subject.code, year), figures.split_before(subject.code)
    told = _told(now)
    if not told or now.base is None or now.base < ENOUGH_FOR_A_SENTENCE:
        return Drafted()
    sentences = [_first(subject, told, year)]
    if before.base and before.base >= ENOUGH_FOR_A_SENTENCE:
        for rank, cell in enumerate(told[:MOST_SENTENCES]):
            words = _moved(cell, before.of(cell.code), year, is_said=rank < subject.always)
            sentences += [words] if words else []
    if not figures.numbers.is_network:
        sentences += _beside_the_network(subject, figures, told[0])
    return Drafted(_title(subject, told, now.base), tuple(sentences))


def _title(subject: Subject, told: list[Cell], base: int) -> str:
    """Names the first value where it is alone at the top, of enough requests."""
    named = [cell for cell in told if cell.code not in UNNAMED]
    numbers = [cell.number or 0 for cell in named[:2]]
    is_alone = len(numbers) == 1 or (len(numbers) == 2 and numbers[0] > numbers[1])
    if base < FEWEST_FOR_A_PERCENTAGE or not is_alone:
        return ""
    return f"{subject.title}{NBSP}: {in_quotes(named[0].label)}"


def _told(found: Told) -> list[Cell]:
    return [cell for cell in found.cells if cell.share is not None]


def _first(subject: Subject, told: list[Cell], year: int) -> str:
    """« En 2023, 45 % des saisines ont pour cause « … », 41 % « … ». »"""
    shares = [percent(cell.share or Decimal(0)) for cell in told[:2]]
    words = f"En {year}, {shares[0]} {subject.words} {in_quotes(told[0].label)}"
    return f"{words}, {shares[1]} {in_quotes(told[1].label)}." if len(shares) > 1 else f"{words}."


def _moved(cell: Cell, then: Cell | None, year: int, *, is_said: bool) -> str:
    """« La part « … » a gagné 13 points entre 2022 et 2023, à 32,9 %. »"""
    if then is None or then.share is None or cell.share is None:
        return ""
    is_stable = abs(cell.share - then.share) < STABLE_POINTS
    if is_stable and not is_said:
        return ""
    words = said_of_a_share(then.share, cell.share, since=str(year - 1), until=str(year))
    level = "" if is_stable else f", à {percent(cell.share)}"
    return f"La part {in_quotes(cell.label)} {words}{level}."


def _beside_the_network(subject: Subject, figures: Figures, first: Cell) -> list[str]:
    year = figures.numbers.year
    network = figures.of_network(subject.code, year)
    shares = {code: value for code, value in network.items() if value and code not in UNNAMED}
    if not shares:
        return []
    most = max(shares.values())
    top = next(code for code, value in shares.items() if value == most)
    if list(shares.values()).count(most) > 1:
        return []
    label = figures.numbers.label(INDICATORS[subject.code].axis, top)
    part = percent(most)
    also = "vient aussi" if top == first.code else "vient"
    return [f"Dans l’ensemble du réseau, {in_quotes(label)} {also} en premier, avec {part}."]


def origins(figures: Figures) -> Drafted:
    """Who refers, who comes back, and who had complained first."""
    year = figures.numbers.year
    found = by_value(SUBJECTS["origins"], figures)
    sentences = list(found.sentences)
    now, before = figures.split("repeats", year).of("yes"), figures.split_before("repeats").of("yes")
    if now and now.share is not None and now.number is not None:
        sentences.append(
            f"{count(now.number, 'saisine est une réitération', 'saisines sont des réitérations')}, "
            f"soit {percent(now.share)} des saisines traitées."
        )
        if before and before.share is not None:
            words = said_of_a_share(before.share, now.share, since=str(year - 1), until=str(year))
            sentences.append(f"La part des réitérations {words}.")
    preceded = figures.split("preceded", year).of("yes")
    if preceded and preceded.share is not None:
        sentences.append(f"{percent(preceded.share)} des saisines suivent une réclamation préalable connue.")
    return Drafted(found.title, tuple(sentences))


def channels(figures: Figures) -> Drafted:
    """By which way requests come, in numbers rather than in shares: a way opens, another closes."""
    year = figures.numbers.year
    before = figures.channels_of_all(year - 1)
    sentences = []
    for cell in figures.channels_of_all(year).cells[:MOST_SENTENCES]:
        then = before.number_of(cell.code) if figures.is_whole(year - 1) else None
        if cell.number and then:
            words = said(then, cell.number, since=str(year - 1), until=str(year))
            sentences.append(f"Le nombre de saisines par le canal {in_quotes(cell.label)} {words}.")
    out = figures.split("channels_out_of_scope", year).number_of(ONLINE)
    if out:
        words = count(out, "demande hors médiation est venue", "demandes hors médiation sont venues")
        sentences.append(f"{words} de la téléprocédure.")
    return Drafted(by_value(SUBJECTS["channels"], figures).title, tuple(sentences))


def benefits(figures: Figures) -> Drafted:
    """By group where groups are told; where they are not, one by one."""
    is_grouped = bool(figures.split("benefit_groups", figures.numbers.year).cells)
    return by_value(SUBJECTS["groups" if is_grouped else "benefits"], figures)


def reasons(figures: Figures) -> Drafted:
    """Why precisely, a sentence or two a benefit."""
    numbers = figures.numbers
    sentences = [
        drafting_reasons.drafted(one, lambda code: numbers.label(Axis.REASON, code))
        for one in figures.reasons()[:MOST_BENEFITS]
        if one.lines
    ]
    return Drafted("", tuple(sentences), is_apart=True)


def social(figures: Figures) -> Drafted:
    """What the service took part in, then whom it noted something of."""
    number_of = sum(number for _, number in figures.numbers.events)
    told = count(number_of, "instance ou événement", "instances et événements")
    first = f"En {figures.numbers.year}, le service a pris part à {told}."
    return Drafted(sentences=(*([first] if number_of else []), _noted(figures)))


def _noted(figures: Figures) -> str:
    """The rest is not known, and not guessed."""
    year = figures.numbers.year
    mediation = figures.handled(year).mediation
    bases = {name: figures.split(code, year).base for code, name in SOCIAL.items()}
    if mediation is None or None in bases.values():
        return "Les données sociales ne sont pas publiées."
    noted = [f"{name} pour {number(base)}" for name, base in bases.items() if base]
    if not noted:
        return f"Aucune donnée sociale n’a été notée pour les saisines de {year}."
    whole = count(mediation, "saisine", "saisines")
    return f"Sur {whole} de la médiation, on connaît {join(noted)}."
