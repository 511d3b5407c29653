"""Letters on paper: prepared by what happened, sent when somebody says that it left."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.acknowledge import note_acknowledged
from mediane.casework.actions.step import happened, lock
from mediane.casework.models import Case, Posting
from mediane.casework.queries.postings import Way, way_to_tell
from mediane.casework.states import Act, Paper
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, rows
from mediane.kit.french import long_date
from mediane.kit.refusal import Refusal


class AlreadySent(Refusal):
    """A letter leaves once; it may be printed again."""


class ThrownAway(Refusal):
    """Somebody saw that it was prepared by mistake."""


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Whoever wrote about the person without speaking for them: what the envelope needs."""

    name: str
    address: str
    received_on: date


@transaction.atomic
def acknowledge_sender(
    *, case: Case, sender: Sender, seen_version: int | None = None, by: Actor, at: datetime
) -> Posting:
    """Prepare the letter that tells them their own was received, and nothing else.

    :raises ChangedMeanwhile: if somebody acted since the page was shown.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    return prepare(case=case, kind=Paper.SENDER, sender=sender, by=by, at=at)


@transaction.atomic
def post(*, posting: Posting, by: Actor, at: datetime) -> None:
    """Note that somebody printed a letter and sent it; of a receipt, the person is acknowledged by that.

    :raises AlreadySent: with who did, and when.
    :raises ThrownAway: if it no longer waits for anything.
    """
    case = _held(posting, by)
    posting.sent_at, posting.sent_by = at, by.name
    posting.save(update_fields=["sent_at", "sent_by"])
    words = ", ".join(filter(None, (posting.get_kind_display(), posting.name)))
    happened(case=case, act=Act.POST, by=by, at=at, words=words, is_shared=False)
    if posting.kind == Paper.RECEIPT:
        note_acknowledged(case=case, by=by, at=at)


@transaction.atomic
def throw_away(*, posting: Posting, by: Actor, at: datetime) -> None:
    """Of a letter to somebody else, prepared by mistake; the person’s own follow from what happened.

    :raises AlreadySent: with who did, and when.
    :raises ThrownAway: if somebody was first.
    """
    rights.require(posting.kind == Paper.SENDER)
    case = _held(posting, by)
    Posting.objects.filter(pk=posting.pk).delete()
    _record("throw_letter_away", posting, case, by, at)


def tell_on_paper(*, case: Case, kind: Paper, by: Actor, at: datetime) -> None:
    """Of a locked case: a letter for whoever is told by no e-mail, where one is safe."""
    if way_to_tell(case) is Way.PAPER:
        prepare(case=case, kind=kind, by=by, at=at)


def prepare(*, case: Case, kind: Paper, sender: Sender | None = None, by: Actor, at: datetime) -> Posting:
    """Of a locked case; what waits already is prepared anew: it says what is true now."""
    written = {"address": sender.address if sender else "", "prepared_at": at, "prepared_by": by.name}
    posting, is_new = Posting.objects.get_or_create(
        organisation_id=case.organisation_id,
        case=case,
        kind=kind,
        name=sender.name if sender else "",
        received_on=sender.received_on if sender else None,
        sent_at=None,
        defaults={"public_id": uuid4(), **written},
    )
    if is_new:
        _record("prepare_letter", posting, case, by, at)
    else:
        for name, value in written.items():
            setattr(posting, name, value)
        rows.change(posting, tuple(written))
    return posting


def _held(posting: Posting, by: Actor) -> Case:
    """The case of a letter that waits, locked: of two people, one is told who was first."""
    case = posting.case
    rights.require(rights.may_work_on(by, case))
    lock(case)
    left = Posting.objects.filter(pk=posting.pk).values_list("sent_at", "sent_by").first()
    if left is None:
        raise ThrownAway("Quelqu’un a jeté cette lettre.")
    if left[0] is not None:
        on = long_date(clock.day_of(left[0], case.organisation.time_zone))
        raise AlreadySent(f"{left[1]} l’a déjà envoyée le {on}.")
    return case


def _record(verb: str, posting: Posting, case: Case, by: Actor, at: datetime) -> None:
    subject = ("case", case.reference)
    of = case.beneficiary_id
    record(verb=verb, subject=subject, by=by, at=at, beneficiary_id=of, letter=str(posting.kind))
