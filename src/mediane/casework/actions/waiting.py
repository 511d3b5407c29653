from datetime import date, datetime

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.schedule import push_deadlines, sort_by_next_due
from mediane.casework.actions.step import lock, move
from mediane.casework.models import Case, Hold
from mediane.casework.states import Move
from mediane.catalogue.models import Body
from mediane.catalogue.queries import every
from mediane.journal.rules import Actor
from mediane.kit import clock


@transaction.atomic
def await_decision(
    *,
    case: Case,
    body: str,
    reason: str,
    look_again_on: date,
    seen_version: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Hold a case until a named body decides; the service target stops meanwhile. One wait at a time.

    :raises MoveRefused: if the case is not under study.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    move(case=case, to=Move.AWAIT_DECISION, by=by, at=at, words=every(Body)[body].label)
    today = clock.day_of(at, case.organisation.time_zone)
    Hold.objects.filter(case=case, ended_on=None).update(ended_on=today)
    Hold.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        body=body,
        reason=reason,
        since=today,
        look_again_on=look_again_on,
    )
    _reschedule(case)


@transaction.atomic
def resume(*, case: Case, seen_version: int | None = None, by: Actor, at: datetime) -> None:
    """Take a waiting case back to study; what is still missing stays asked for.

    :raises MoveRefused: if the case does not wait.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    case.has_news = False
    move(case=case, to=Move.RESUME, by=by, at=at)
    Hold.objects.filter(case=case, ended_on=None).update(
        ended_on=clock.day_of(at, case.organisation.time_zone)
    )
    _reschedule(case)


def _reschedule(case: Case) -> None:
    push_deadlines(case)
    sort_by_next_due(case)
    case.save(update_fields=["due_on", "due_what", "is_paused"])
