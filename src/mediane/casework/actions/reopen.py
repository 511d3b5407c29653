from datetime import datetime

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.schedule import due_again, push_deadlines, sort_by_next_due
from mediane.casework.actions.step import lock, move
from mediane.casework.models import Case, Reopening
from mediane.casework.queries.reopened import last_day_to_reopen
from mediane.casework.states import Move, State
from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.kit.french import long_date
from mediane.kit.refusal import Refusal


class TooLateToReopen(Refusal):
    """A new request repeats this one."""


@transaction.atomic
def reopen(
    *, case: Case, because: str, seen_version: int | None = None, by: Actor, at: datetime
) -> Reopening:
    """Study an answered case again: its reply and its closing stay written, and a reply is promised again.

    :raises PermissionDenied: to anybody but the mediator.
    :raises ChangedMeanwhile: if somebody acted since the page was shown.
    :raises MoveRefused: if the case was not answered, or somebody reopened it first.
    :raises TooLateToReopen: after the limit in force when it was answered.
    """
    rights.require(rights.may_decide(by, case))
    lock(case, seen_version=seen_version)
    answered_at = case.closings.latest("closed_at").closed_at if case.state == State.ANSWERED else at
    until = last_day_to_reopen(case, answered_at)
    today = clock.day_of(at, case.organisation.time_zone)
    if case.state == State.ANSWERED and (until is None or today > until):
        limit = f" depuis le {long_date(until)}" if until else ""
        raise TooLateToReopen(
            f"Ce dossier ne se rouvre plus{limit}. Enregistrez une nouvelle demande\u00a0: "
            "elle sera rapprochée de celle-ci."
        )
    move(case=case, to=Move.REOPEN, by=by, at=at)
    reopening = Reopening.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        closed_at=answered_at,
        because=because,
        reopened_at=at,
        reopened_by=by.name,
    )
    due_again(case)
    push_deadlines(case)
    sort_by_next_due(case)
    case.save(update_fields=["due_on", "due_what", "is_paused"])
    return reopening
