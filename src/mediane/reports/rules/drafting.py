"""The sentences a report proposes, drawn from its figures: never more than the numbers say.

Each answers a title that states the finding, and sentences; without figures, one that says so.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from mediane.kit.french import NBSP, capital, count, join, number
from mediane.reports.rules import drafting_money, drafting_values
from mediane.reports.rules.drafted import Drafted
from mediane.reports.rules.drafting_values import SUBJECTS
from mediane.reports.rules.figures import Figures
from mediane.reports.rules.wording import in_quotes, month
from mediane.statistics.rules.comparing import (
    FEWEST_FOR_A_PERCENTAGE,
    peaks,
    percent,
    said,
    variation,
)

NOBODY = "Aucune saisine n’a été traitée en {year}."
NOT_PUBLISHED = "Les chiffres de {year} ne sont pas encore publiés\u00a0: ils ne sont pas dits ici."
INCOMPLETE = (
    "De {year}, trop peu de totaux sont repris\u00a0: il faut au moins les demandes reçues "
    "et celles hors médiation."
)
UNKNOWN = "De {year}, rien n’est connu\u00a0: les saisines sont comptées depuis {first}."
NOTHING_YET = "De {year}, rien n’est connu\u00a0: aucune saisine n’a encore été comptée."
FEW = "Trop peu de saisines ont été traitées en {year} pour que leur nombre soit dit ici."


def drafted(code: str, figures: Figures) -> Drafted:
    """What the report proposes for a section; nothing where it has no figure."""
    if code in ALWAYS:
        return ALWAYS[code](figures)
    make = DRAFTS.get(code)
    if make is None:
        return Drafted()
    silent = _why_silent(figures)
    return Drafted(sentences=(silent,)) if silent else make(figures)


def _why_silent(figures: Figures) -> str:
    year, first = figures.numbers.year, figures.numbers.first
    if year in figures.numbers.unknown:
        return UNKNOWN.format(year=year, first=first.year) if first else NOTHING_YET.format(year=year)
    if not figures.is_known(year):
        return (NOT_PUBLISHED if figures.threshold else INCOMPLETE).format(year=year)
    if figures.is_told:
        return ""
    return (NOBODY if figures.handled(year).total == 0 else FEW).format(year=year)


def evolution(figures: Figures) -> Drafted:
    year = figures.numbers.year
    before, now = figures.handled_before(), figures.handled(year)
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
    return Drafted(_ways(ways), (*sentences, *_why_alone(figures)))


def _why_alone(figures: Figures) -> list[str]:
    """The year before began late here. Everybody is not told when: a month of nobody is a number too."""
    before, first = figures.numbers.year - 1, figures.numbers.first
    if first is None or not figures.is_known(before) or figures.is_whole(before):
        return []
    since = "" if figures.threshold else f", qui commencent en {month(first.month)},"
    return [
        f"Les chiffres de {before}{since} ne couvrent pas toute l’année{NBSP}: rien n’est comparé avec eux."
    ]


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
    silent = _why_no_peak(figures, told)
    if silent:
        return Drafted(sentences=(silent,))
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


def _why_no_peak(figures: Figures, told: list[int]) -> str:
    year = figures.numbers.year
    if not figures.is_counted(year):
        return f"De {year}, les totaux repris ne disent pas les mois."
    if len(told) < 12:
        return "Certains mois comptent trop peu de saisines pour être comparés."
    if sum(told) < FEWEST_FOR_A_PERCENTAGE:
        return f"En {year}, trop peu de saisines ont été traitées pour comparer les mois."
    first = next(rank for rank, found in enumerate(told, 1) if found)
    if first > 1 and _is_first(figures):
        return f"Les premières saisines ont été traitées en {month(first)}{NBSP}: l’année n’est pas entière."
    return ""


def _is_first(figures: Figures) -> bool:
    """Whether nothing is known to have been handled in the years before."""
    before = set(figures.numbers.years[:-1]) - figures.numbers.unknown
    return all(figures.is_known(year) and figures.handled(year).total == 0 for year in before)


def years(figures: Figures) -> Drafted:
    year = figures.numbers.year
    whole = [one for one in figures.numbers.years if figures.is_whole(one)]
    totals = {one: figures.handled(one).total for one in whole}
    sentences = []
    for since, until in ((year - 2, year - 1), (year - 1, year)):
        then, now = totals.get(since), totals.get(until)
        if then and now is not None:
            words = said(then, now, since=str(since), until=str(until))
            sentences.append(f"Le nombre de saisines traitées {words}.")
    told = sorted((total, one) for one, total in totals.items() if total is not None)
    if len(told) == len(figures.numbers.years) and told[-2][0] and told[-1][0] > told[-2][0]:
        total, most = told[-1]
        sentences.append(f"Sur ces cinq années, {most} est celle qui en compte le plus, {number(total)}.")
    return Drafted("", tuple(sentences))


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


def missions(figures: Figures) -> Drafted:
    """Who the service is: how many of each title, nobody by name."""
    words = team_in_words(figures.numbers.team)
    return Drafted(sentences=(f"Le service compte {words}.",) if words else ())


def team_in_words(team: Sequence[tuple[str, str]]) -> str:
    """« 1 médiatrice et 3 référents »: the title all have, else the one both genders share."""
    said_of = []
    for role in dict.fromkeys(role for role, _ in team):
        titles = [title for one, title in team if one == role]
        title = titles[0] if len(set(titles)) == 1 else min(titles, key=len)
        said_of.append(count(len(titles), title, f"{title}s"))
    return join(said_of) if said_of else ""


DRAFTS: dict[str, Callable[[Figures], Drafted]] = {
    "evolution": evolution,
    "months": months,
    "years": years,
    "social": drafting_values.social,
    "origins": drafting_values.origins,
    "causes": lambda figures: drafting_values.by_value(SUBJECTS["causes"], figures),
    "channels": drafting_values.channels,
    "benefits": drafting_values.benefits,
    "reasons": drafting_values.reasons,
    "grounds": lambda figures: drafting_values.by_value(SUBJECTS["grounds"], figures),
    "results": results,
    "online": drafting_money.online,
    "money": drafting_money.money,
}
# What is told of a year in which nobody was handled too.
ALWAYS: dict[str, Callable[[Figures], Drafted]] = {"missions": missions}
