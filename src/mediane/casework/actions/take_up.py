from datetime import datetime

from django.db import transaction

from mediane.accounts.models import User
from mediane.casework import rights
from mediane.casework.actions.acknowledge import note_acknowledged
from mediane.casework.actions.step import MoveRefused, happened, lock, move
from mediane.casework.models import Case
from mediane.casework.states import Act, Move, State
from mediane.journal.rules import Actor


@transaction.atomic
def take_up(*, case: Case, seen_version: int | None = None, by: Actor, at: datetime) -> None:
    """Begin the study of a case, as the person in charge of it; acknowledges it if nobody has yet.

    :raises ChangedMeanwhile: if somebody acted since the page was shown.
    :raises MoveRefused: if somebody took it up before.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    begin_study(case=case, by=by, at=at)


def begin_study(*, case: Case, by: Actor, at: datetime) -> None:
    """The same, of a locked case."""
    if case.state == State.RECEIVED:
        note_acknowledged(case=case, by=by, at=at)
    case.assignee_id = by.id
    move(case=case, to=Move.TAKE_UP, by=by, at=at)


@transaction.atomic
def assign(*, case: Case, to: User, seen_version: int | None = None, by: Actor, at: datetime) -> None:
    """Put a case in somebody’s hands; a case nobody studied is taken up by that.

    Nothing is written when they already follow it.

    :raises ChangedMeanwhile: if somebody acted since the page was shown.
    :raises MoveRefused: if the case is closed.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    if not case.is_open:
        raise MoveRefused("Ce dossier est clos\u00a0: il ne s’attribue plus.")
    if case.assignee_id == to.pk:
        return
    case.assignee = to
    happened(case=case, act=Act.ASSIGN, by=by, at=at, words=to.full_name, is_shared=False)
    if case.state == State.RECEIVED:
        note_acknowledged(case=case, by=by, at=at)
        move(case=case, to=Move.TAKE_UP, by=by, at=at)


@transaction.atomic
def put_back(*, case: Case, to: User | None, seen_version: int, by: Actor, at: datetime) -> None:
    """Put a case back in the hands it was taken from, or in nobody’s. What the giving sent stays sent.

    :raises ChangedMeanwhile: if somebody acted since it was given.
    :raises MoveRefused: if the case is closed.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    if not case.is_open:
        raise MoveRefused("Ce dossier est clos\u00a0: il ne s’attribue plus.")
    case.assignee = to
    happened(case=case, act=Act.ASSIGN, by=by, at=at, words=to.full_name if to else "", is_shared=False)
