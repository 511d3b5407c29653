"""What was imported, and what it says of earlier years."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from mediane.casework.states import Outcome
from mediane.catalogue.models import Benefit, Cause, Channel, Ground, Origin
from mediane.catalogue.queries import every
from mediane.imports.models import Import, PastCase, PastTotal
from mediane.imports.rules import Lists
from mediane.imports.states import Kind, Measure, State
from mediane.kit.text import fold


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
    totals = dict(
        PastTotal.objects.filter(organisation_id=organisation_id, measure=Measure.RECEIVED).values_list(
            "year", "number"
        )
    )
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


def same_file(organisation_id: int, sha256: str) -> Import | None:
    return (
        Import.objects.filter(organisation_id=organisation_id, sha256=sha256)
        .exclude(state=State.UNDONE)
        .first()
    )
