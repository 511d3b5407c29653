from datetime import date, datetime

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.ending import stop_waiting
from mediane.casework.actions.schedule import meet, sort_by_next_due
from mediane.casework.actions.step import MoveRefused, happened, lock, move
from mediane.casework.actions.take_up import begin_study
from mediane.casework.models import Admissibility, Case
from mediane.casework.rules.deadlines import Kind
from mediane.casework.states import Act, Move, State, Verdict
from mediane.journal.rules import Actor


class AlreadyDecided(MoveRefused):
    """Admissibility is decided once."""


@transaction.atomic
def admit(*, case: Case, notified_on: date, seen_version: int | None = None, by: Actor, at: datetime) -> None:
    """Declare a case admissible: a dated fact with legal effect (CSS L.217-7-1, II), not a state.

    A case nobody studied is taken up by that: whoever decides has read it.

    :raises AlreadyDecided: with who decided, and when.
    :raises MoveRefused: if the case is closed.
    """
    rights.require(rights.may_decide(by, case))
    lock(case, seen_version=seen_version)
    _refuse_second_decision(case)
    if not case.is_open:
        raise MoveRefused("Ce dossier est clos\u00a0: sa recevabilité ne se décide plus.")
    if case.state == State.RECEIVED:
        begin_study(case=case, by=by, at=at)
    write_admissibility(case, Verdict.ADMISSIBLE, "", notified_on, by, at)
    case.admissible_on = notified_on
    meet(case, Kind.ADMISSIBILITY, notified_on)
    sort_by_next_due(case)
    happened(case=case, act=Act.ADMIT, by=by, at=at)


@transaction.atomic
def reject(
    *, case: Case, reason: str, notified_on: date, seen_version: int | None = None, by: Actor, at: datetime
) -> None:
    """Declare a case inadmissible and close it; `reason` is a code of the catalogue.

    :raises AlreadyDecided: with who decided, and when.
    :raises MoveRefused: if the case is closed.
    """
    rights.require(rights.may_decide(by, case))
    lock(case, seen_version=seen_version)
    _refuse_second_decision(case)
    move(case=case, to=Move.DECLARE_INADMISSIBLE, by=by, at=at)
    write_admissibility(case, Verdict.INADMISSIBLE, reason, notified_on, by, at)
    stop_waiting(case, by, at)
    meet(case, Kind.ADMISSIBILITY, notified_on)


def _refuse_second_decision(case: Case) -> None:
    """A case that is open after it was inadmissible was reclassified: it is decided anew."""
    decided = Admissibility.objects.filter(case=case).order_by("rank").last()
    if decided is not None and (decided.verdict == Verdict.ADMISSIBLE or not case.is_open):
        raise AlreadyDecided(
            f"{decided.decided_by} a déjà décidé\u00a0: {decided.get_verdict_display().lower()}. "
            "Une décision de recevabilité ne se prend qu’une fois."
        )


def write_admissibility(
    case: Case, verdict: Verdict, reason: str, notified_on: date, by: Actor, at: datetime
) -> None:
    """Beside those taken before, if the case was reclassified: none is ever changed."""
    Admissibility.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        rank=case.admissibilities.count() + 1,
        verdict=verdict,
        reason=reason,
        decided_at=at,
        notified_on=notified_on,
        decided_by=by.name,
    )
