"""Deadlines of a case: computed here once, stored, and read everywhere."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from mediane.casework.models import Case, Deadline, Hold
from mediane.casework.queries.targets import targets_of
from mediane.casework.queries.waits import pauses_of
from mediane.casework.rules import deadlines as rules
from mediane.casework.rules.deadlines import (
    DAYS_TO_READ,
    DOCUMENTS_AWAITED,
    LOOK_AGAIN,
    TO_READ,
    WORDS,
    Due,
    Kind,
    Pause,
)
from mediane.casework.states import WAITING
from mediane.catalogue.models import Body
from mediane.catalogue.queries import every
from mediane.kit import clock, rows
from mediane.kit.prepared import kept
from mediane.kit.workdays import add_working_days
from mediane.organisations.queries import holiday_zone_of

SHOWN = tuple(WORDS)
# By hand: Django composes it longer than PostgreSQL carries it out, and every answer meets a deadline.
MEET = "UPDATE casework_deadline SET met_on = %s WHERE case_id = %s AND kind = %s AND met_on IS NULL"


def first_dues(case: Case) -> list[Due]:
    """The first deadlines of a case about to be written; the nearest is stored on it."""
    dues = [due for due in _compute(case, pauses=()) if due.kind in SHOWN]
    if dues:
        first = min(dues, key=lambda due: due.on)
        case.due_on, case.due_what = first.on, WORDS[first.kind]
    return dues


def set_deadlines(case: Case, dues: Iterable[Due]) -> None:
    rows.add_all(
        [
            Deadline(
                organisation_id=case.organisation_id,
                case=case,
                kind=due.kind,
                due_on=due.on,
                because=due.because,
            )
            for due in dues
        ]
    )


def push_deadlines(case: Case) -> None:
    """Compute again after a wait began, ended, or was given another date."""
    stored = {deadline.kind: deadline for deadline in case.deadlines.all()}
    changed = []
    for due in _compute(case, pauses_of(case)):
        deadline = stored.get(due.kind)
        if deadline is None or deadline.met_on is not None:
            continue
        if (deadline.due_on, deadline.because) != (due.on, due.because):
            deadline.due_on, deadline.because = due.on, due.because
            changed.append(deadline)
    Deadline.objects.bulk_update(changed, ["due_on", "because"])


def reschedule(case: Case, *, arrived_at: datetime | None = None) -> None:
    """Of a case whose waits changed: its deadlines, then its place in the list."""
    push_deadlines(case)
    sort_by_next_due(case)
    if arrived_at is not None:
        bring_up(case, arrived_at)
    case.save(update_fields=["due_on", "due_what", "is_paused"])


def meet(case: Case, kind: Kind, on: date) -> None:
    with kept() as cursor:
        cursor.execute(MEET, [on, case.pk, kind])


def due_again(case: Case) -> None:
    """What the study of a case that comes back has still to do, whatever was done before it went out."""
    kinds = [Kind.REPLY] if case.admissible_on else [Kind.REPLY, Kind.ADMISSIBILITY]
    case.deadlines.filter(kind__in=kinds).update(met_on=None)


def sort_by_next_due(case: Case) -> None:
    """Store on the case, without saving it, what is due next and whether the clock runs.

    What arrived and nobody has read stays where it was brought.
    """
    hold = case.holds.filter(ended_on=None).first()
    case.is_paused = hold is not None and hold.pauses
    read_by = case.due_on if case.has_news and case.due_what == TO_READ else None
    case.due_on, case.due_what = _next_due(case, hold)
    if read_by is not None and read_by <= case.due_on:
        case.due_on, case.due_what = read_by, TO_READ


def bring_up(case: Case, at: datetime) -> None:
    """Of an open case where something arrived: the next working day to read it, unless more was due before.

    Stored on the case, without saving it.
    """
    if not case.is_open:
        return
    arrived_on = clock.day_of(at, case.organisation.time_zone)
    read_by = add_working_days(arrived_on, DAYS_TO_READ, holiday_zone_of(case.organisation))
    if read_by < case.due_on:
        case.due_on, case.due_what = read_by, TO_READ


def _next_due(case: Case, hold: Hold | None) -> tuple[date, str]:
    """Of several waits, the one whose date comes first; else the next deadline."""
    if case.state in WAITING:
        request = case.document_requests.filter(closed_at=None).order_by("due_on").first()
        if hold is not None and (request is None or hold.look_again_on <= request.due_on):
            return hold.look_again_on, LOOK_AGAIN + every(Body)[hold.body].label
        if request is not None:
            return request.due_on, DOCUMENTS_AWAITED
    first = case.deadlines.filter(met_on=None).order_by("due_on", "pk").first()
    return (first.due_on, WORDS[Kind(first.kind)]) if first else (case.due_on, case.due_what)


def _compute(case: Case, pauses: Sequence[Pause]) -> list[Due]:
    targets, zone = targets_of(case.organisation_id), holiday_zone_of(case.organisation)
    first = rules.deadlines(case.received_on, targets, zone, pauses)
    reopening = case.reopenings.order_by("-reopened_at").first() if case.pk else None
    if reopening is None:
        return first
    reopened_on = clock.day_of(reopening.reopened_at, case.organisation.time_zone)
    again = rules.promised_again(reopened_on, targets, zone, pauses)
    return [*again, *(due for due in first if due.kind not in {one.kind for one in again})]
