"""What was imported, and what it says of earlier years."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import ExtractYear

from mediane.casework.models import Case, Closing
from mediane.casework.rules.counting import FROM_ANOTHER_CAF
from mediane.casework.states import Outcome
from mediane.casework.states import State as CaseState
from mediane.catalogue.models import Benefit, Cause, Channel, Ground, Origin
from mediane.catalogue.queries import every
from mediane.imports.models import Import, PastCase, PastTotal
from mediane.imports.rules import Fault, Lists, more_than_the_total, other_than_the_cases
from mediane.imports.states import Kind, Measure, State
from mediane.kit import clock
from mediane.kit.text import fold
from mediane.organisations.queries import by_id

# What is known of a case when it ends; the rest, the day it comes.
IN_TIME = (Measure.BENEFIT, Measure.GROUND, Measure.CAUSE, Measure.OUTCOME)
OUT = (CaseState.REDIRECTED, CaseState.INADMISSIBLE)
What = tuple[str, str]  # a measure, and a code of its list


@dataclass(frozen=True)
class Counted:
    """One request, as a total counts it."""

    received: int
    ended: int | None
    at_once: tuple[What, ...]
    in_time: tuple[What, ...]
    is_out: bool


@dataclass
class Known:
    """What the cases of a year say. What waits for their end may be told of the year they came or of the
    year they ended, of the mediation or of all: a total is contradicted by what no way of counting says."""

    at_once: Counter[What] = field(default_factory=Counter)
    received: Counter[tuple[What, bool]] = field(default_factory=Counter)
    ended: Counter[tuple[What, bool]] = field(default_factory=Counter)

    def receive(self, one: Counted) -> None:
        self.at_once.update([(Measure.RECEIVED, ""), *one.at_once])
        self.at_once[Measure.OUT_OF_SCOPE, ""] += one.is_out
        self.received.update((what, one.is_out) for what in one.in_time)

    def end(self, one: Counted) -> None:
        self.ended.update((what, one.is_out) for what in one.in_time)

    def bounds(self, what: What) -> tuple[int, int]:
        if what[0] not in IN_TIME:
            return self.at_once[what], self.at_once[what]
        inside = [way[what, False] for way in (self.received, self.ended)]
        every_one = [way[what, False] + way[what, True] for way in (self.received, self.ended)]
        return min(inside), max(every_one)


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
        number = counted[year].at_once[Measure.RECEIVED, ""] + len(lines)
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
        year, total, cases = row["year"], row["number"], counted[row["year"]]
        least, most = cases.bounds((row["measure"], row.get("code", "")))
        is_whole = first is not None and first < year
        said = least if total < least else most if is_whole and total > most else total
        if cases.at_once[Measure.RECEIVED, ""] and said != total:
            faults.append(Fault(row["line"], "Nombre", other_than_the_cases(year, total, said)))
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


def _counted(organisation_id: int, years: Collection[int]) -> dict[int, Known]:
    """What cases say of these years, as figures count them."""
    found: dict[int, Known] = defaultdict(Known)
    for one in (*_cases_of(organisation_id, years), *_past_cases_of(organisation_id, years)):
        found[one.received].receive(one)
        if one.ended:
            found[one.ended].end(one)
    return found


def _cases_of(organisation_id: int, years: Collection[int]) -> Iterator[Counted]:
    near = {year + apart for year in years for apart in (-1, 0, 1)}  # a year ends later overseas
    cases = (
        Case.objects.filter(organisation_id=organisation_id)
        .filter(Q(received_on__year__in=years) | Q(closed_at__year__in=near))
        .exclude(origin=FROM_ANOTHER_CAF)
        .exclude(state=CaseState.MERGED)
    )
    closings = Closing.objects.standing().filter(organisation_id=organisation_id, case__in=cases.values("pk"))
    closed = {case: told for case, *told in closings.values_list("case_id", "cause", "outcome")}
    zone = by_id(organisation_id).time_zone
    read = ("pk", "received_on", "closed_at", "channel", "origin", "state", "benefits", "grounds")
    for pk, on, at, channel, origin, state, benefits, grounds, stated in cases.values_list(
        *read, "referral__grounds"
    ):
        cause, outcome = closed.get(pk, ("", ""))
        yield Counted(
            received=on.year,
            ended=clock.day_of(at, zone).year if at else None,
            at_once=((Measure.CHANNEL, channel), (Measure.ORIGIN, origin)),
            in_time=_in_time(benefits, grounds if pk in closed else stated, cause, outcome),
            is_out=state in OUT,
        )


def _past_cases_of(organisation_id: int, years: Collection[int]) -> Iterator[Counted]:
    of_these = Q(received_on__year__in=years) | Q(answered_on__year__in=years)
    for row in PastCase.objects.filter(of_these, organisation_id=organisation_id):
        yield Counted(
            received=row.received_on.year,
            ended=(row.answered_on or row.received_on).year
            if row.answered_on or row.is_out_of_scope
            else None,
            at_once=((Measure.CHANNEL, row.channel), (Measure.ORIGIN, row.origin)),
            in_time=_in_time(row.benefits, [row.ground], row.cause, row.outcome),
            is_out=row.is_out_of_scope,
        )


def _in_time(benefits: list[str], grounds: list[str], cause: str, outcome: str) -> tuple[What, ...]:
    told = (
        *((Measure.BENEFIT, code) for code in benefits),
        *((Measure.GROUND, code) for code in grounds),
        (Measure.CAUSE, cause),
        (Measure.OUTCOME, outcome),
    )
    return tuple((measure, code) for measure, code in told if code)


def same_file(organisation_id: int, sha256: str) -> Import | None:
    return (
        Import.objects.filter(organisation_id=organisation_id, sha256=sha256)
        .exclude(state=State.UNDONE)
        .first()
    )
