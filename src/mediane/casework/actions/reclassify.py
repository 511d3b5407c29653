from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.admissibility import write_admissibility
from mediane.casework.actions.ending import stop_waiting, write_reorientation
from mediane.casework.actions.schedule import due_again, push_deadlines, sort_by_next_due
from mediane.casework.actions.step import MoveRefused, lock, move
from mediane.casework.models import Case, Reclassification
from mediane.casework.states import Move, State, Verdict
from mediane.journal.rules import Actor
from mediane.kit import clock


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a case becomes, and why; `reason` and `body` are codes of the catalogue, when it goes out."""

    to: State
    because: str
    reason: str = ""
    body: str = ""


MOVE_TO = {
    State.UNDER_STUDY: Move.RECLASSIFY,
    State.REDIRECTED: Move.RECLASSIFY_OUT,
    State.INADMISSIBLE: Move.DECLARE_INADMISSIBLE,
}


@transaction.atomic
def reclassify(
    *, case: Case, scope: Scope, seen_version: int | None = None, by: Actor, at: datetime
) -> Reclassification:
    """See otherwise a decision on scope: what was set aside is studied, or what was studied is set aside.

    Both facts stay, each with its date. What was promised stays due on its first date.

    :raises PermissionDenied: to anybody but the mediator.
    :raises ChangedMeanwhile: if somebody acted since the page was shown.
    :raises MoveRefused: if no decision of the case can be seen that way.
    """
    rights.require(rights.may_decide(by, case))
    lock(case, seen_version=seen_version)
    stood_since = _stood_since(case, scope.to)
    source = case.state
    if scope.to == State.INADMISSIBLE:
        case.admissible_on = None
    move(case=case, to=MOVE_TO[scope.to], by=by, at=at)
    _write_what_it_becomes(case, scope, by, at)
    return Reclassification.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        source=source,
        target=scope.to,
        stood_since=stood_since,
        because=scope.because,
        decided_at=at,
        decided_by=by.name,
    )


def _stood_since(case: Case, to: State) -> datetime:
    """When the decision was taken that is now seen otherwise."""
    if to == State.UNDER_STUDY and case.state == State.REDIRECTED:
        return case.reorientations.latest("rank").decided_at
    if to == State.UNDER_STUDY and case.state == State.INADMISSIBLE:
        return case.admissibilities.latest("rank").decided_at
    if to == State.REDIRECTED and case.state == State.ANSWERED:
        return case.closings.latest("closed_at").closed_at
    if to == State.INADMISSIBLE and case.is_open and case.admissible_on is not None:
        return case.admissibilities.latest("rank").decided_at
    raise MoveRefused(
        f"Ce dossier est dans l’état «\u00a0{State(case.state).label}\u00a0»\u00a0: "
        "il ne se reclasse pas ainsi."
    )


def _write_what_it_becomes(case: Case, scope: Scope, by: Actor, at: datetime) -> None:
    if scope.to == State.REDIRECTED:
        write_reorientation(case=case, reason=scope.reason, body=scope.body, agreed_on=None, by=by, at=at)
        return
    if scope.to == State.INADMISSIBLE:
        notified_on = clock.day_of(at, case.organisation.time_zone)
        write_admissibility(case, Verdict.INADMISSIBLE, scope.reason, notified_on, by, at)
        stop_waiting(case, by, at)
        return
    due_again(case)
    push_deadlines(case)
    sort_by_next_due(case)
    case.save(update_fields=["due_on", "due_what", "is_paused"])
