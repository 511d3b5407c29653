"""What was imported, and what it says of earlier years."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import ExtractYear

from mediane.casework.models import Case
from mediane.casework.rules.counting import FROM_ANOTHER_CAF
from mediane.casework.states import Outcome
from mediane.casework.states import State as CaseState
from mediane.catalogue.models import Benefit, Cause, Channel, Ground, Origin
from mediane.catalogue.queries import every
from mediane.imports.models import Import, PastCase, PastTotal
from mediane.imports.rules import Fault, Lists, more_than_the_total, other_than_the_cases
from mediane.imports.states import Kind, Measure, State
from mediane.kit.text import fold

# Measures that a case answers the day it comes; the others wait until it ends.
COMPARED = (Measure.RECEIVED, Measure.OUT_OF_SCOPE, Measure.CHANNEL, Measure.ORIGIN)
OUT = (CaseState.REDIRECTED, CaseState.INADMISSIBLE)


def lists() -> Lists:
    """The words that a sheet may use, each way they are written here, without accents nor capitals."""
    catalogue: dict[str, list[tuple[str, tuple[str, ...]]]] = {
        Measure.CHANNEL: [(row.code, (row.label,)) for row in every(Channel).values()],
        Measure.ORIGIN: [(row.code, (row.label,)) for row in every(Origin).values()],
        Measure.BENEFIT: [(row.code, (row.label, row.short)) for row in every(Benefit).values()],
        Measure.GROUND: [(row.code, (row.label, row.public_label)) for row in every(Ground).values()],
        Measure.CAUSE: [(row.code, (row.label,)) for row in every(Cause).values()],
        Measure.OUTCOME: [
            (code, (label, label.removeprefix("Décision "))) for code, label in Outcome.choices
        ],
    }
    return {name: _words(rows) for name, rows in catalogue.items()}


def _words(rows: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    return {fold(word): code for code, labels in rows for word in (code, *labels)}


def labels() -> dict[str, dict[str, str]]:
    """The words of each list, by code."""
    short = {row.code: row.short for row in every(Benefit).values()}
    others = {Measure.CHANNEL: Channel, Measure.ORIGIN: Origin, Measure.GROUND: Ground, Measure.CAUSE: Cause}
    told = {
        str(name): {row.code: row.label for row in every(list_).values()} for name, list_ in others.items()
    }
    return told | {Measure.BENEFIT: short, Measure.OUTCOME: dict(Outcome.choices)}


def imports_of(organisation_id: int) -> QuerySet[Import]:
    """The latest first, without what they hold."""
    return Import.objects.filter(organisation_id=organisation_id).defer("rows", "faults").order_by("-read_at")


def years_of(organisation_id: int) -> list[dict[str, int | None]]:
    """Cases and totals known of each earlier year, the latest first."""
    cases = (
        PastCase.objects.filter(organisation_id=organisation_id)
        .values(year=ExtractYear("received_on"))
        .annotate(
            cases=Count("pk"),
            out_of_scope=Count("pk", filter=Q(is_out_of_scope=True)),
            answered=Count("pk", filter=Q(answered_on__isnull=False)),
        )
    )
    totals = dict(_totals_received(organisation_id))
    none = {"cases": 0, "out_of_scope": 0, "answered": 0}
    known: dict[int, dict[str, Any]] = {row["year"]: dict(row) for row in cases}
    return [
        none | known.get(year, {}) | {"year": year, "total": totals.get(year)}
        for year in sorted(known.keys() | totals.keys(), reverse=True)
    ]


def taken_before(one: Import) -> dict[tuple[Any, ...], str]:
    """What another file has already brought of this one: the name of that file."""
    if one.kind == Kind.TOTALS:
        years = {row["year"] for row in one.rows}
        totals = PastTotal.objects.filter(organisation_id=one.organisation_id, year__in=years)
        told = totals.values_list("year", "measure", "code", "source__shown_name")
        return {(year, measure, code): name for year, measure, code, name in told}
    references = [row["reference"] for row in one.rows]
    cases = PastCase.objects.filter(organisation_id=one.organisation_id, reference__in=references)
    return {(reference,): name for reference, name in cases.values_list("reference", "source__shown_name")}


def contradicted(one: Import) -> list[Fault]:
    """What the cases of Médiane, or totals taken before, say otherwise."""
    if one.kind == Kind.TOTALS:
        return _totals_contradicted(one)
    totals = dict(_totals_received(one.organisation_id))
    brought: dict[int, list[int]] = defaultdict(list)
    for row in one.rows:
        brought[int(row["received_on"][:4])].append(row["line"])
    counted = _counted(one.organisation_id, brought.keys() & totals.keys())
    faults = []
    for year, lines in sorted(brought.items()):
        number = counted[year][Measure.RECEIVED, ""] + len(lines)
        if year in totals and number > totals[year]:
            words = more_than_the_total(year, totals[year], number)
            faults.append(Fault(lines[0], "Reçue le", words))
    return faults


def _totals_contradicted(one: Import) -> list[Fault]:
    """Of a year whose cases are all here, a total is their number; of the first one, it may be more."""
    counted = _counted(one.organisation_id, {row["year"] for row in one.rows})
    first = min(_years_with_cases(one.organisation_id), default=None)
    faults = []
    for row in one.rows:
        year, cases = row["year"], counted[row["year"]]
        number = cases[row["measure"], row.get("code", "")]
        is_known = row["measure"] in COMPARED and cases[Measure.RECEIVED, ""]
        is_whole = first is not None and first < year
        if is_known and (number > row["number"] or (is_whole and number < row["number"])):
            faults.append(Fault(row["line"], "Nombre", other_than_the_cases(year, row["number"], number)))
    return faults


def _totals_received(organisation_id: int) -> Iterable[tuple[int, int]]:
    totals = PastTotal.objects.filter(organisation_id=organisation_id, measure=Measure.RECEIVED)
    return totals.values_list("year", "number")


def _years_with_cases(organisation_id: int) -> set[int]:
    of = {"organisation_id": organisation_id}
    first = (
        model.objects.filter(**of).aggregate(day=Min("received_on"))["day"] for model in (Case, PastCase)
    )
    return {day.year for day in first if day}


def _counted(organisation_id: int, years: Collection[int]) -> dict[int, Counter[tuple[str, str]]]:
    """What cases say of these years, as figures count them: by measure and code."""
    of = {"organisation_id": organisation_id, "received_on__year__in": years}
    cases = Case.objects.filter(**of).exclude(origin=FROM_ANOTHER_CAF).exclude(state=CaseState.MERGED)
    here = cases.values_list("received_on__year", "channel", "origin", "state")
    past = PastCase.objects.filter(**of)
    before = past.values_list("received_on__year", "channel", "origin", "is_out_of_scope")
    found: dict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    told = ((*row, state in OUT) for *row, state in here)
    for year, channel, origin, is_out in (*told, *before):
        found[year].update([(Measure.RECEIVED, ""), (Measure.CHANNEL, channel), (Measure.ORIGIN, origin)])
        found[year][Measure.OUT_OF_SCOPE, ""] += is_out
    return found


def same_file(organisation_id: int, sha256: str) -> Import | None:
    return (
        Import.objects.filter(organisation_id=organisation_id, sha256=sha256)
        .exclude(state=State.UNDONE)
        .first()
    )
