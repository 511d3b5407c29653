"""Deadlines of a case: computed here once, stored, and read everywhere."""

from collections.abc import Iterable, Sequence
from datetime import date

from mediane.casework.models import Case, Deadline, Hold
from mediane.casework.queries.targets import targets_of
from mediane.casework.rules import deadlines as rules
from mediane.casework.rules.deadlines import DOCUMENTS_AWAITED, LOOK_AGAIN, WORDS, Due, Kind, Pause
from mediane.casework.states import State
from mediane.catalogue.models import Body
from mediane.catalogue.queries import every
from mediane.kit import clock, rows
from mediane.kit.french import contracted
from mediane.kit.prepared import kept
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
    """Compute again after a pause began or ended."""
    stored = {deadline.kind: deadline for deadline in case.deadlines.all()}
    changed = []
    for due in _compute(case, [_pause(hold) for hold in case.holds.filter(pauses=True)]):
        deadline = stored.get(due.kind)
        if deadline is None or deadline.met_on is not None:
            continue
        if (deadline.due_on, deadline.because) != (due.on, due.because):
            deadline.due_on, deadline.because = due.on, due.because
            changed.append(deadline)
    Deadline.objects.bulk_update(changed, ["due_on", "because"])


def meet(case: Case, kind: Kind, on: date) -> None:
    with kept() as cursor:
        cursor.execute(MEET, [on, case.pk, kind])


def due_again(case: Case) -> None:
    """What the study of a case that comes back has still to do, whatever was done before it went out."""
    kinds = [Kind.REPLY] if case.admissible_on else [Kind.REPLY, Kind.ADMISSIBILITY]
    case.deadlines.filter(kind__in=kinds).update(met_on=None)


def sort_by_next_due(case: Case) -> None:
    """Store on the case, without saving it, what is due next and whether the clock runs."""
    hold = case.holds.filter(ended_on=None).first()
    case.is_paused = hold is not None and hold.pauses
    if hold is not None and case.state == State.AWAITING_DECISION:
        case.due_on, case.due_what = hold.look_again_on, LOOK_AGAIN + every(Body)[hold.body].label
        return
    if case.state == State.AWAITING_BENEFICIARY:
        request = case.document_requests.filter(closed_at=None).order_by("due_on").first()
        if request is not None:
            case.due_on, case.due_what = request.due_on, DOCUMENTS_AWAITED
            return
    first = case.deadlines.filter(met_on=None).order_by("due_on", "pk").first()
    if first is not None:
        case.due_on, case.due_what = first.due_on, WORDS[Kind(first.kind)]


def _compute(case: Case, pauses: Sequence[Pause]) -> list[Due]:
    targets, zone = targets_of(case.organisation_id), holiday_zone_of(case.organisation)
    first = rules.deadlines(case.received_on, targets, zone, pauses)
    reopening = case.reopenings.order_by("-reopened_at").first() if case.pk else None
    if reopening is None:
        return first
    reopened_on = clock.day_of(reopening.reopened_at, case.organisation.time_zone)
    again = rules.promised_again(reopened_on, targets, zone, pauses)
    return [*again, *(due for due in first if due.kind not in {one.kind for one in again})]


def _pause(hold: Hold) -> Pause:
    awaited = contracted("de", every(Body)[hold.body].with_article)
    return Pause(since=hold.since, until=hold.ended_on, reason=f"attente {awaited}")
