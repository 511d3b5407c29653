"""The sentences a report proposes, drawn from its figures: never more than the numbers say.

Each answers a title that states the finding, and sentences; without figures, one that says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from mediane.kit.french import NBSP, capital, count, join, number
from mediane.reports.rules import drafting_money
from mediane.reports.rules.drafted import Drafted
from mediane.reports.rules.figures import Cell, Figures
from mediane.reports.rules.wording import in_quotes, month
from mediane.statistics.rules.comparing import peaks, percent, said, said_of_a_share, variation
from mediane.statistics.rules.indicators import INDICATORS

NOBODY = "Aucune saisine n’a été traitée en {year}."
FEW = "Trop peu de saisines ont été traitées en {year} pour que leur nombre soit dit ici."
# Under so many, a share says little of anybody: it is left to the tables.
ENOUGH_FOR_A_SENTENCE = 10
# What moved by less, in points, is not worth a sentence, but for the largest values.
WORTH_SAYING = Decimal("1")
MOST_SENTENCES = 5


@dataclass(frozen=True)
class Subject:
    """How a figure by value is told."""

    code: str
    title: str
    # « des saisines ont pour cause ».
    words: str
    is_compared: bool = True


SUBJECTS = {
    "causes": Subject("causes", "La première cause", "des saisines ont pour cause"),
    "grounds": Subject("grounds", "Le premier motif", "des personnes donnent pour motif"),
    "benefits": Subject("benefit_groups", "La première prestation", "des saisines concernent"),
    "origins": Subject("origins", "La première origine", "des saisines viennent de l’origine"),
    "channels": Subject("channels", "Le premier canal", "des saisines arrivent par le canal"),
}


def drafted(code: str, figures: Figures) -> Drafted:
    """What the report proposes for a section; nothing where it has no figure."""
    make = DRAFTS.get(code)
    if make is None:
        return Drafted()
    handled = figures.handled(figures.numbers.year)
    if not handled.total:
        words = NOBODY if handled.total == 0 else FEW
        return Drafted(sentences=(words.format(year=figures.numbers.year),))
    return make(figures)


def evolution(figures: Figures) -> Drafted:
    year = figures.numbers.year
    before, now = figures.handled(year - 1), figures.handled(year)
    if now.total is None:
        return Drafted()
    whole = count(now.total, "saisine a été traitée", "saisines ont été traitées")
    if now.mediation is None or now.out_of_scope is None:
        return Drafted(sentences=(f"En {year}, {whole}.",))
    split = f"{number(now.mediation)} pour la médiation et {number(now.out_of_scope)} hors médiation"
    first = f"En {year}, {whole}{NBSP}: {split}." if now.total < 2 else f"En {year}, {whole}, dont {split}."
    sentences, ways = [first], []
    for name, then, today in (
        ("pour la médiation", before.mediation, now.mediation),
        ("hors médiation", before.out_of_scope, now.out_of_scope),
    ):
        if before.total != 0 and then is not None and (then or today):
            words = said(then, today, since=str(year - 1), until=str(year))
            sentences.append(f"Le nombre de saisines {name} {words}.")
            ways.append((name, variation(then, today)))
    return Drafted(_ways(ways), tuple(sentences))


def _ways(ways: list[tuple[str, Decimal | None]]) -> str:
    """« Moins de saisines pour la médiation, plus de saisines hors médiation »."""
    told = [
        f"{'plus' if moved > 0 else 'moins'} de saisines {name}"
        for name, moved in ways
        if moved is not None and abs(moved) >= 2
    ]
    return capital(", ".join(told))


def months(figures: Figures) -> Drafted:
    year = figures.numbers.year
    counted = figures.months(year)
    told = [value for value in counted if value is not None]
    if len(told) < 12:
        return Drafted(sentences=("Certains mois comptent trop peu de saisines pour être comparés.",))
    tops = peaks(told)
    if not tops:
        return Drafted("Une activité sans pic", (f"Aucun mois de {year} ne dépasse nettement les autres.",))
    named = join([f"{month(rank)} ({count(told[rank - 1], 'saisine', 'saisines')})" for rank in tops])
    where = join([f"en {month(rank)}" for rank in tops])
    if len(tops) == 1:
        return Drafted(f"Un pic, {where}", (f"L’année {year} a connu un pic d’activité{NBSP}: {named}.",))
    words = {2: "Deux", 3: "Trois", 4: "Quatre"}.get(len(tops), number(len(tops)))
    sentence = f"L’année {year} a connu {words.lower()} pics d’activité{NBSP}: {named}."
    return Drafted(f"{words} pics, {where}", (sentence,))


def years(figures: Figures) -> Drafted:
    year = figures.numbers.year
    totals = {one: figures.handled(one).total for one in figures.numbers.years}
    sentences = []
    for since, until in ((year - 2, year - 1), (year - 1, year)):
        then, now = totals.get(since), totals.get(until)
        if then and now is not None:
            words = said(then, now, since=str(since), until=str(until))
            sentences.append(f"Le nombre de saisines traitées {words}.")
    told = {one: total for one, total in totals.items() if total}
    if len(told) > 1:
        most = max(told, key=lambda one: told[one])
        sentences.append(
            f"Sur ces cinq années, {most} est celle qui en compte le plus, {number(told[most])}."
        )
    return Drafted("", tuple(sentences))


def by_value(subject: Subject, figures: Figures) -> Drafted:
    """The two largest values, what moved in points, and where the network differs."""
    year = figures.numbers.year
    now, before = figures.split(subject.code, year), figures.split(subject.code, year - 1)
    told = [cell for cell in now.cells if cell.share is not None]
    if not told or now.base is None or now.base < ENOUGH_FOR_A_SENTENCE:
        return Drafted()
    sentences = [_first(subject, told, year)]
    for cell in told[:MOST_SENTENCES]:
        then = before.of(cell.code)
        words = _moved(cell, then, year, is_first=cell in told[:2])
        if words and before.base and before.base >= ENOUGH_FOR_A_SENTENCE:
            sentences.append(words)
    if not figures.numbers.is_network:
        sentences += _beside_the_network(subject, figures, told[0])
    return Drafted(f"{subject.title}{NBSP}: {in_quotes(told[0].label)}", tuple(sentences))


def _first(subject: Subject, told: list[Cell], year: int) -> str:
    """« En 2023, 45 % des saisines ont pour cause « … », 41 % « … ». »"""
    shares = [percent(cell.share or Decimal(0)) for cell in told[:2]]
    words = f"En {year}, {shares[0]} {subject.words} {in_quotes(told[0].label)}"
    return f"{words}, {shares[1]} {in_quotes(told[1].label)}." if len(shares) > 1 else f"{words}."


def _moved(cell: Cell, then: Cell | None, year: int, *, is_first: bool) -> str:
    if then is None or then.share is None or cell.share is None:
        return ""
    if abs(cell.share - then.share) < WORTH_SAYING and not is_first:
        return ""
    words = said_of_a_share(then.share, cell.share, since=str(year - 1), until=str(year))
    return f"La part {in_quotes(cell.label)} {words}."


def _beside_the_network(subject: Subject, figures: Figures, first: Cell) -> list[str]:
    year = figures.numbers.year
    shares = {code: value for code, value in figures.of_network(subject.code, year).items() if value}
    if not shares:
        return []
    top = max(shares, key=lambda code: (shares[code], code))
    label = figures.numbers.label(INDICATORS[subject.code].axis, top)
    part = percent(shares[top] or Decimal(0))
    also = "vient aussi" if top == first.code else "vient"
    return [f"Dans l’ensemble du réseau, {in_quotes(label)} {also} en premier, avec {part}."]


def origins(figures: Figures) -> Drafted:
    """Who refers, who comes back, and who had complained first."""
    year = figures.numbers.year
    found = by_value(SUBJECTS["origins"], figures)
    sentences = list(found.sentences)
    now, before = figures.split("repeats", year).of("yes"), figures.split("repeats", year - 1).of("yes")
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
    now, before = figures.split("channels", year), figures.split("channels", year - 1)
    sentences = []
    for cell in now.cells[:MOST_SENTENCES]:
        then = before.of(cell.code)
        if cell.number and then and then.number:
            words = said(then.number, cell.number, since=str(year - 1), until=str(year))
            sentences.append(f"Le nombre de saisines par le canal {in_quotes(cell.label)} {words}.")
    out = figures.split("channels_out_of_scope", year).of("ONLINE")
    if out and out.number:
        words = count(out.number, "demande hors médiation est venue", "demandes hors médiation sont venues")
        sentences.append(f"{words} de la téléprocédure.")
    return Drafted(by_value(SUBJECTS["channels"], figures).title, tuple(sentences))


def results(figures: Figures) -> Drafted:
    year = figures.numbers.year
    sentences = [
        f"{percent(cell.share)} des saisines de la médiation se sont closes par {in_quotes(cell.label)}."
        for cell in figures.split("outcomes", year).cells[:2]
        if cell.share is not None
    ]
    delay = figures.spread("delay_of_reply", year)
    if delay and delay.median is not None and delay.ninth_decile is not None:
        half, most = (count(days, "jour", "jours") for days in (delay.median, delay.ninth_decile))
        sentences.append(
            f"La moitié des réponses ont été données en {half} au plus, neuf sur dix en {most} au plus."
        )
    return Drafted("", tuple(sentences))


DRAFTS: dict[str, Callable[[Figures], Drafted]] = {
    "evolution": evolution,
    "months": months,
    "years": years,
    "origins": origins,
    "causes": lambda figures: by_value(SUBJECTS["causes"], figures),
    "channels": channels,
    "benefits": lambda figures: by_value(SUBJECTS["benefits"], figures),
    "grounds": lambda figures: by_value(SUBJECTS["grounds"], figures),
    "results": results,
    "online": drafting_money.online,
    "money": drafting_money.money,
}
