"""The pack for a meeting with a service: one sheet, shown as a page and printed as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from mediane.casework.states import Answer
from mediane.catalogue.models import ErrorType, Service
from mediane.catalogue.queries import every
from mediane.correspondence.paper.pack import PackSheet, Table
from mediane.findings.queries.pack import Pack, pack_of
from mediane.findings.rules.pack import Table as Counted
from mediane.kit.french import MONTHS, contracted, count, long_date, number
from mediane.kit.months import months_later
from mediane.organisations.models import Organisation

QUARTER, TWELVE, YEARS_BACK = "3-mois", "12-mois", 5
WHOLE_MONTHS = {QUARTER: 3, TWELVE: 12}
USUAL_SERVICE = "BENEFITS"
# Beyond, columns no longer fit a sheet.
MOST_COLUMNS = 5
AWAITED = "Réponse attendue"


@dataclass(frozen=True)
class Period:
    """Whole days, both counted."""

    code: str
    since: date
    until: date

    @property
    def ends_a_month(self) -> bool:
        return (self.until + timedelta(days=1)).day == 1


def periods(today: date) -> list[tuple[str, str]]:
    years = [(str(today.year - rank), str(today.year - rank)) for rank in range(YEARS_BACK + 1)]
    return [(QUARTER, "Trois derniers mois"), (TWELVE, "Douze derniers mois"), *years]


def period(asked: str, today: date) -> Period:
    """One of those offered; the last twelve months for anything else. The month under way is counted."""
    if asked in dict(periods(today)) and asked not in WHOLE_MONTHS:
        year = int(asked)
        return Period(asked, date(year, 1, 1), min(date(year, 12, 31), today))
    code = asked if asked in WHOLE_MONTHS else TWELVE
    return Period(code, months_later(today, 1 - WHOLE_MONTHS[code]), today)


def sheet_of(caf: Organisation, service: str, chosen: Period, at: datetime) -> PackSheet:
    found = pack_of(caf, service=service, since=chosen.since, until=chosen.until)
    named = every(Service)[service].with_article if service else ""
    whom = f", {named.removeprefix('le ')}" if named else ", tous les services"
    return PackSheet(
        service=(f"{caf.name}, service médiation",),
        address=("Réunion bilatérale", f"avec {named}" if named else "avec les services"),
        place=caf.city or caf.department,
        date=long_date(chosen.until),
        created=at,
        reference="Erreurs constatées",
        title=f"Erreurs constatées{whom}",
        demonstration=settings.DEMONSTRATION,
        lead=_lead(found, named, chosen),
        tables=(
            _services(found),
            _officers(found),
            _months(found, is_whole=chosen.ends_a_month),
            _answers(found),
        ),
    )


def _lead(found: Pack, named: str, chosen: Period) -> str:
    closed = count(found.closed, "réponse", "réponses")
    errors = count(found.services.total, "erreur relevée", "erreurs relevées")
    where = f" {contracted('à', named)}" if named else ""
    between = f"Du {long_date(chosen.since)} au {long_date(chosen.until)}"
    if not found.services.total:
        return f"{between}\u00a0: {closed}, aucune erreur relevée{where}."
    return f"{between}\u00a0: {errors}{where}, sur {closed} par la médiation."


def _services(found: Pack) -> Table:
    title = "Type d’erreur par service"
    if not found.services.rows:
        return Table(title, note="Aucune erreur relevée sur cette période.")
    labels = [every(Service)[code].label for code in found.services.columns]
    return _counted(title, found.services, labels, "Un dossier compte une fois, pour la dernière réponse.")


def _officers(found: Pack) -> Table:
    title = "Type d’erreur par gestionnaire"
    if not found.officers.rows:
        return Table(title, note="Aucun gestionnaire n’est indiqué dans les recommandations de ces dossiers.")
    names = [f"Gest.\u00a0{letters}" for letters in found.officers.columns]
    note = (
        "Les lettres remplacent les gestionnaires pour ce document seulement. Seuls comptent les dossiers"
        f" dont la recommandation en indique un\u00a0: {found.officers.total} sur {found.services.total}."
    )
    return _counted(title, found.officers, names, note)


def _counted(title: str, counted: Counted, labels: Sequence[str], note: str) -> Table:
    """The most frequent columns, the rest as one; the whole at the end of both ways, unless one is all."""
    kept = MOST_COLUMNS if len(labels) > MOST_COLUMNS + 1 else len(labels)
    rest = ["Autres"] if kept < len(labels) else []

    def row(label: str, numbers: Sequence[int]) -> tuple[str, ...]:
        others = [sum(numbers[kept:])] if rest else []
        whole = [sum(numbers)] if len(labels) > 1 else []
        return (label, *map(number, [*numbers[:kept], *others, *whole]))

    rows = [row(every(ErrorType)[one.code].label, one.numbers) for one in counted.rows]
    head = ("Erreur", *labels[:kept], *rest, *(["Total"] if len(labels) > 1 else []))
    return Table(title, head, (*rows, row("Total", counted.totals)), has_total=True, note=note)


def _months(found: Pack, *, is_whole: bool) -> Table:
    half = len(found.months) // 2
    before, after = sum(found.numbers[:half]), sum(found.numbers[half:])
    names = [f"{MONTHS[month.month - 1]} {month.year}" for month in found.months]
    rows = tuple((name, number(many)) for name, many in zip(names, found.numbers, strict=True))
    note = (
        f"{count(after, 'erreur', 'erreurs')} sur les six derniers mois,"
        f" {number(before)} sur les six précédents."
        if is_whole
        else f"Le dernier mois, {names[-1]}, n’est pas terminé."
    )
    most = max(found.numbers, default=0)
    bars = tuple(100 * many // most for many in found.numbers) if most else ()
    return Table("Tendance sur douze mois", ("Mois de la réponse", "Erreurs"), rows, note=note, bars=bars)


def _answers(found: Pack) -> Table:
    title = "Recommandations faites, et leurs réponses"
    if not found.recommended:
        return Table(title, note="Aucune recommandation sur cette période.")
    labels: Mapping[str, str] = {"": AWAITED} | {str(code): label for code, label in Answer.choices}
    rows = [(label, number(found.answers[code])) for code, label in labels.items() if code in found.answers]
    whole = ("Total", number(found.recommended))
    return Table(title, ("Réponse", "Recommandations"), (*rows, whole), has_total=True)
