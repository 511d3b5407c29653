"""The second reading of a reply, where the service wants one."""

from datetime import date, datetime

from django.db import transaction

from mediane.casework import rights
from mediane.correspondence.actions.writing import refuse_unseen, take
from mediane.correspondence.models import Letter, ReadingPolicy, SecondReading
from mediane.correspondence.queries.readings import REMARKS
from mediane.correspondence.rights import may_choose_reading
from mediane.correspondence.rules import readers
from mediane.documents.queries import opened
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, rows, sealing
from mediane.kit.refusal import Refusal
from mediane.organisations.models import Organisation

ASKED = ("reading_asked_at", "reading_asked_by", "reading_asked_by_id")


class ReadingInThePast(Refusal):
    """What was signed on a day gone by does not change."""


class OwnWords(Refusal):
    """Nobody reads their own words over: somebody else does."""


class NothingToRead(Refusal):
    """Every word was read by somebody else."""


@transaction.atomic
def choose_reading(
    *, organisation: Organisation, is_wanted: bool, effective_from: date, by: Actor, at: datetime
) -> None:
    """Say whether replies are read by a second person, from a day on; of one day, the last choice holds.

    :raises ReadingInThePast: for a day gone by.
    """
    rights.require(may_choose_reading(by, organisation.pk))
    if effective_from < clock.day_of(at, organisation.time_zone):
        raise ReadingInThePast("Choisissez aujourd’hui ou un jour à venir.")
    record(
        verb="choose_reading",
        subject=("organisation", organisation.code),
        by=by,
        at=at,
        is_wanted=str(is_wanted),
        effective_from=effective_from.isoformat(),
    )
    chosen = {"is_wanted": is_wanted, "chosen_at": at, "chosen_by": by.name}
    that_day = {"organisation": organisation, "effective_from": effective_from}
    if not ReadingPolicy.objects.filter(**that_day).update(**chosen):
        ReadingPolicy.objects.create(**that_day, **chosen)


@transaction.atomic
def ask_reading(*, letter: Letter, seen_version: int, by: Actor, at: datetime) -> None:
    """Send the draft, as it was seen, to be read by somebody else.

    :raises SavedMeanwhile, AlreadySigned: with who was first.
    :raises NothingToRead: if somebody else read every word already.
    """
    rights.require(rights.may_work_on(by, letter.case))
    take(letter)
    refuse_unseen(letter, seen_version)
    if not letter.unread_by:
        raise NothingToRead("Chaque mot de cette lettre a déjà été relu par une autre personne.")
    letter.reading_asked_at, letter.reading_asked_by, letter.reading_asked_by_id = at, by.name, by.id
    rows.change(letter, ASKED)
    _record("ask_reading", letter, by, at)


@transaction.atomic
def read_over(
    *, letter: Letter, seen_version: int, approves: bool, remarks: str, by: Actor, at: datetime
) -> SecondReading:
    """Approve the words of others, or send them back with remarks. One’s own still wait for somebody else.

    :raises SavedMeanwhile: if the text changed since: what was not seen is not approved.
    :raises OwnWords, NothingToRead: when there is nothing of somebody else to read.
    :raises AlreadySigned: with who signed, and when.
    """
    case = letter.case
    rights.require(rights.may_work_on(by, case))
    take(letter)
    refuse_unseen(letter, seen_version)
    if not letter.unread_by:
        raise NothingToRead("Chaque mot de cette lettre a déjà été relu par une autre personne.")
    if not readers.may_be_read_by(letter.unread_by, by.id):
        raise OwnWords("Vous avez écrit ce qui reste à relire : une autre personne doit le relire.")
    if approves:
        letter.unread_by = readers.approved(letter.unread_by, by.id)
    if letter.unread_by == {} or not approves:
        letter.reading_asked_at, letter.reading_asked_by, letter.reading_asked_by_id = None, "", None
    rows.change(letter, (*ASKED, "unread_by"))
    _record("approve_reply" if approves else "send_back_reply", letter, by, at)
    return SecondReading.objects.create(
        organisation_id=letter.organisation_id,
        letter=letter,
        version=letter.version,
        approves=approves,
        sealed=sealing.seal(remarks.encode(), opened(case.key), context=REMARKS),
        read_at=at,
        read_by=by.name,
    )


def _record(verb: str, letter: Letter, by: Actor, at: datetime) -> None:
    case = letter.case
    record(verb=verb, subject=("case", case.reference), by=by, at=at, beneficiary_id=case.beneficiary_id)
