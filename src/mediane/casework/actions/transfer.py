from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.ending import stop_waiting
from mediane.casework.actions.postings import tell_on_paper
from mediane.casework.actions.receive import receive
from mediane.casework.actions.schedule import meet, sort_by_next_due
from mediane.casework.actions.step import lock, move
from mediane.casework.models import Admissibility, Case, FileTransfer
from mediane.casework.queries.effects import has_money
from mediane.casework.rules.deadlines import Kind
from mediane.casework.states import Kinship, Move, Paper, Verdict, WhyTransferred
from mediane.journal.rules import Actor
from mediane.kit import clock, rows
from mediane.kit.refusal import Refusal
from mediane.organisations.models import Organisation
from mediane.referrals.models import ONLINE, Referral

JOINED = "Une autre demande est réunie à celle-ci\u00a0: séparez-les avant de transférer."


class CannotTransfer(Refusal):
    """There is nowhere to go, or not yet."""


@dataclass(frozen=True, kw_only=True)
class Departure:
    """Where the person now belongs, under which number, why, and since when."""

    to: Organisation
    number: str
    reason: WhyTransferred
    moved_on: date


@dataclass(frozen=True, kw_only=True)
class Past:
    """What the first Caf did that still holds at the next one."""

    acknowledged_on: date | None = None
    admissible_on: date | None = None
    admitted_at: datetime | None = None
    admitted_by: str = ""


@transaction.atomic
def transfer(
    *, case: Case, departure: Departure, seen_version: int | None = None, by: Actor, at: datetime
) -> FileTransfer:
    """Close a case because the person belongs to another Caf. Sending it there is for another storey.

    :raises ChangedMeanwhile: if somebody acted since the page was shown.
    :raises MoveRefused: if the case is closed.
    :raises CannotTransfer: to one’s own Caf, from a day to come, or while lines of money stand.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    if departure.to.pk == case.organisation_id or departure.to.is_national:
        raise CannotTransfer("Choisissez une autre Caf que la vôtre.")
    if departure.moved_on > clock.day_of(at, case.organisation.time_zone):
        raise CannotTransfer("Attendez ce jour-là\u00a0: le dossier est encore le vôtre.")
    _require_nothing_left(case)
    if case.links_to_later.filter(kinship=Kinship.DUPLICATE, replaced_at=None).exists():
        raise CannotTransfer(JOINED)
    # A reply begun is no longer announced on a closed case; its text stays.
    case.has_draft_reply = False
    move(case=case, to=Move.TRANSFER, by=by, at=at, words=departure.to.name)
    sent = FileTransfer(
        organisation_id=case.organisation_id,
        case=case,
        to=departure.to,
        number=departure.number,
        reason=departure.reason,
        moved_on=departure.moved_on,
        decided_at=at,
        decided_by=by.name,
    )
    rows.add(sent)
    stop_waiting(case, by, at)
    tell_on_paper(case=case, kind=Paper.TRANSFERRED, by=by, at=at)
    return sent


def _require_nothing_left(case: Case) -> None:
    """:raises CannotTransfer: if a duplicate, or lines of money, would be left and counted by no case."""
    if case.links_to_later.filter(kinship=Kinship.DUPLICATE, replaced_at=None).exists():
        raise CannotTransfer(
            "Une autre demande est réunie à celle-ci\u00a0: séparez-les avant de transférer."
        )
    if has_money(case):
        raise CannotTransfer(
            "Des montants sont saisis dans ce dossier, et un dossier transféré n’en compte aucun\u00a0: "
            "répondez à la personne, ou annulez ces lignes pour que l’autre Caf les saisisse."
        )


@transaction.atomic
def go_on(*, draft: Referral, past: Past, by: Actor, at: datetime) -> Case:
    """Open the case of a request that another Caf received, from the day it did.

    What was told to the person there is not told again. Admissibility stands: mediation began with it.
    """
    case = receive(draft=draft, by=by, at=at)
    if past.acknowledged_on is not None:
        meet(case, Kind.ACKNOWLEDGEMENT, past.acknowledged_on)
    elif draft.channel != ONLINE:
        # It came on paper, and its acknowledgement left no other way.
        tell_on_paper(case=case, kind=Paper.RECEIPT, by=by, at=at)
    if past.admissible_on is not None:
        case.admissible_on = past.admissible_on
        meet(case, Kind.ADMISSIBILITY, past.admissible_on)
        Admissibility.objects.create(
            organisation_id=case.organisation_id,
            case=case,
            verdict=Verdict.ADMISSIBLE,
            decided_at=past.admitted_at or at,
            notified_on=past.admissible_on,
            decided_by=past.admitted_by,
        )
    sort_by_next_due(case)
    rows.change(case, ("admissible_on", "due_on", "due_what", "is_paused"))
    return case
