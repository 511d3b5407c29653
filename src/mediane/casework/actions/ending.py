from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, QuerySet

from mediane.casework import rights
from mediane.casework.actions.cancelling import cancel_to_come, to_come
from mediane.casework.actions.forward import prepare_forwarding
from mediane.casework.actions.schedule import meet, push_deadlines
from mediane.casework.actions.step import lock, move
from mediane.casework.models import Case, Closing, DocumentRequest, Hold, LitigationEnd, Reorientation
from mediane.casework.rules.deadlines import Kind
from mediane.casework.rules.money import latest
from mediane.casework.states import Ending, Move, Outcome
from mediane.journal.rules import Actor
from mediane.kit import clock, rows
from mediane.kit.prepared import prepared
from mediane.kit.refusal import Refusal


class MoneyRecorded(Refusal):
    """Lines of money stand, where the closing says that there are none."""


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """What the study found, under the cause: codes of the catalogue. What is not said stays empty."""

    reason: str = ""
    error_type: str = ""
    service: str = ""
    is_without_effect: bool = False


NOT_SAID = Analysis()


@transaction.atomic
def redirect(
    *,
    case: Case,
    reason: str,
    body: str,
    agreed_on: date | None = None,
    seen_version: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Send out of scope to the right body; a référente may. Codes are those of the catalogue.

    `agreed_on` is the day the person agreed that the request be forwarded: its file is then prepared by
    the same act. Without it, nothing leaves.

    :raises MoveRefused: if the case is closed.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    move(case=case, to=Move.REDIRECT, by=by, at=at)
    sent = write_reorientation(case=case, reason=reason, body=body, agreed_on=agreed_on, by=by, at=at)
    stop_waiting(case, by, at)
    if agreed_on is not None:
        prepare_forwarding(case=case, sent=sent, agreed_on=agreed_on, by=by, at=at)


def write_reorientation(
    *, case: Case, reason: str, body: str, agreed_on: date | None, by: Actor, at: datetime
) -> Reorientation:
    """Beside an earlier one, if the case was reclassified in between."""
    return Reorientation.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        rank=case.reorientations.count() + 1,
        reason=reason,
        body=body,
        agreed_on=agreed_on,
        decided_at=at,
        decided_by=by.name,
    )


@transaction.atomic
def answer(
    *,
    case: Case,
    outcome: Outcome,
    cause: str,
    grounds: list[str],
    analysis: Analysis = NOT_SAID,
    by: Actor,
    at: datetime,
) -> None:
    """Close a case with its reply: outcome, one cause as analysed, grounds as finally heard.

    :raises MoveRefused: if the case is closed, or nobody has taken it up.
    :raises MoneyRecorded: if it is said to be without effect, and amounts are recorded.
    """
    rights.require(rights.may_decide(by, case))
    lock(case)
    conclude(case=case, outcome=outcome, cause=cause, grounds=grounds, analysis=analysis, by=by, at=at)


def conclude(
    *,
    case: Case,
    outcome: Outcome,
    cause: str,
    grounds: list[str],
    analysis: Analysis = NOT_SAID,
    by: Actor,
    at: datetime,
) -> None:
    """Close a locked case with its reply.

    :raises MoveRefused: if the case is closed, or nobody has taken it up.
    :raises MoneyRecorded: if it is said to be without effect, and amounts are recorded.
    """
    _refuse_contradiction(case, analysis)
    case.cause, case.grounds, case.has_draft_reply = cause, grounds, False
    move(case=case, to=Move.ANSWER, by=by, at=at)
    rows.add(
        Closing(
            organisation_id=case.organisation_id,
            case=case,
            outcome=outcome,
            cause=cause,
            **asdict(analysis),
            closed_at=at,
            closed_by=by.name,
        )
    )
    if stop_waiting(case, by, at):
        # The last wait counts too: what was promised is the day it leads to.
        push_deadlines(case)
    meet(case, Kind.REPLY, clock.day_of(at, case.organisation.time_zone))


def _refuse_contradiction(case: Case, analysis: Analysis) -> None:
    if analysis.is_without_effect and latest(case.effects.all()):
        raise MoneyRecorded(
            "Des montants sont saisis dans ce dossier\u00a0: décochez «\u00a0Aucun effet financier\u00a0»."
        )


@transaction.atomic
def withdraw(*, case: Case, by: Actor, at: datetime) -> None:
    """End a case because the person asks for it.

    :raises MoveRefused: if the case is closed.
    """
    rights.require(rights.may_act_for_oneself(by, case) or rights.may_work_on(by, case))
    lock(case)
    move(case=case, to=Move.WITHDRAW, by=by, at=at)
    stop_waiting(case, by, at)


@transaction.atomic
def end_by_litigation(
    *, case: Case, seized_on: date, evidence: str, seen_version: int | None = None, by: Actor, at: datetime
) -> None:
    """End a case because a court was seized (CSS L.217-7-1, II), on the word or proof given.

    :raises ChangedMeanwhile: if somebody acted since the page was shown.
    :raises MoveRefused: if the case is closed.
    """
    rights.require(rights.may_act_for_oneself(by, case) or rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    move(case=case, to=Move.END_BY_LITIGATION, by=by, at=at)
    LitigationEnd.objects.create(
        organisation_id=case.organisation_id, case=case, seized_on=seized_on, evidence=evidence, noted_at=at
    )
    stop_waiting(case, by, at)


def stop_waiting(case: Case, by: Actor, at: datetime) -> bool:
    """Nothing is awaited from anybody once a case is closed; whether anything still was."""
    ((meets, asks, waits),) = _awaited(case=case.pk, at=at)
    if meets:
        cancel_to_come(case, by, at)
    if asks:
        _requests(case.pk).update(closed_at=at, ending=Ending.CLOSED)
    if waits:
        ended_on = clock.day_of(at, case.organisation.time_zone)
        _holds(case.pk).update(ended_on=ended_on, ending=Ending.CLOSED)
    return asks or waits


@prepared
def _awaited(*, case: int, at: datetime) -> QuerySet[Case, tuple[bool, bool, bool]]:
    """Whether appointments are to come, documents asked for, a decision waited for."""
    awaited = (Exists(to_come(case, at)), Exists(_requests(case)), Exists(_holds(case)))
    return Case.objects.filter(pk=case).values_list(*awaited)


def _requests(case: int) -> QuerySet[DocumentRequest]:
    return DocumentRequest.objects.filter(case_id=case, closed_at=None)


def _holds(case: int) -> QuerySet[Hold]:
    return Hold.objects.filter(case_id=case, ended_on=None)
