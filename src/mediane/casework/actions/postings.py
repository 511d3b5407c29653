"""Letters on paper: prepared by what happened, sent when somebody says that it left."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.acknowledge import note_acknowledged
from mediane.casework.actions.step import happened, lock
from mediane.casework.models import Case, Posting
from mediane.casework.queries.postings import SENT_TO, Way, place_of, way_to_tell
from mediane.casework.queries.reaching import reaching
from mediane.casework.rules import dispatch
from mediane.casework.states import NUMBERED, Act, Paper, Postage
from mediane.documents.queries import opened
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, rows, sealing
from mediane.kit.french import long_date
from mediane.kit.refusal import Refusal


class AlreadySent(Refusal):
    """A letter leaves once; it may be printed again."""


class ThrownAway(Refusal):
    """Somebody saw that it was prepared by mistake."""


class NowhereToSend(Refusal):
    """The person said since that no letter is safe."""


class LeavingRefused(Refusal):
    """It cannot have left that day, or under that number."""


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Whoever wrote about the person without speaking for them: what the envelope needs."""

    name: str
    address: str
    received_on: date


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """How a letter leaves, on which day, and under which number when it is tracked."""

    postage: Postage
    on: date
    number: str = ""


@dataclass(frozen=True)
class Carried:
    """A signed letter, as the envelope knows it."""

    public_id: UUID
    title: str


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
def post(*, posting: Posting, leaving: Leaving | None = None, by: Actor, at: datetime) -> None:
    """Note that somebody printed a letter and sent it: today as a simple letter, unless they say otherwise.

    Of a receipt, the person is acknowledged by that.

    :raises AlreadySent: with who did, and when.
    :raises ThrownAway: if it no longer waits for anything.
    :raises LeavingRefused: for a day before the request came or to come, or a number that cannot be.
    :raises NowhereToSend: if the person said since that no letter is safe.
    """
    case = _held(posting, by)
    today = clock.day_of(at, case.organisation.time_zone)
    if leaving is None:
        leaving = Leaving(postage=Postage.SIMPLE, on=today)
    else:
        _require_possible(leaving, case.received_on, today)
    posting.sealed_to = _sealed_place(posting, case)
    posting.sent_at, posting.sent_by, posting.sent_on = at, by.name, leaving.on
    posting.postage, posting.number = leaving.postage, leaving.number
    posting.save(update_fields=["sent_at", "sent_by", "sent_on", "postage", "number", "sealed_to"])
    words = ", ".join(filter(None, (posting.words, posting.name, *_left(leaving, today))))
    happened(case=case, act=Act.POST, by=by, at=at, words=words, is_shared=False)
    if posting.kind == Paper.RECEIPT:
        note_acknowledged(case=case, on=leaving.on, by=by, at=at)


@transaction.atomic
def throw_away(*, posting: Posting, by: Actor, at: datetime) -> None:
    """Of a letter to somebody else, prepared by mistake, or that may go nowhere any more.

    The person’s own follow from what happened.

    :raises AlreadySent: with who did, and when.
    :raises ThrownAway: if somebody was first.
    """
    rights.require(posting.kind == Paper.SENDER or not place_of(reaching(posting.case)))
    case = _held(posting, by)
    Posting.objects.filter(pk=posting.pk).delete()
    _record("throw_letter_away", posting, case, by, at)


def tell_on_paper(
    *, case: Case, kind: Paper, carried: Carried | None = None, by: Actor, at: datetime
) -> None:
    """Of a locked case: a letter for whoever is told by no e-mail, where one is safe."""
    if way_to_tell(case) is Way.PAPER:
        prepare(case=case, kind=kind, carried=carried, by=by, at=at)


def prepare(
    *,
    case: Case,
    kind: Paper,
    sender: Sender | None = None,
    carried: Carried | None = None,
    by: Actor,
    at: datetime,
) -> Posting:
    """Of a locked case; what waits already is prepared anew: it says what is true now."""
    written = {"address": sender.address if sender else "", "prepared_at": at, "prepared_by": by.name}
    posting, is_new = Posting.objects.get_or_create(
        organisation_id=case.organisation_id,
        case=case,
        kind=kind,
        name=sender.name if sender else "",
        received_on=sender.received_on if sender else None,
        letter=carried.public_id if carried else None,
        sent_at=None,
        defaults={"public_id": uuid4(), "title": carried.title if carried else "", **written},
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


def _require_possible(leaving: Leaving, received_on: date, today: date) -> None:
    if not received_on <= leaving.on <= today:
        since = f"La demande a été reçue le {long_date(received_on)}"
        raise LeavingRefused(f"{since}\u00a0: la lettre est partie entre ce jour et aujourd’hui.")
    if leaving.postage not in NUMBERED:
        if leaving.number:
            raise LeavingRefused("Une lettre simple n’a pas de numéro.")
        return
    if fault := dispatch.fault(leaving.number):
        raise LeavingRefused(fault)


def _sealed_place(posting: Posting, case: Case) -> bytes | None:
    """The address of the person today; whoever wrote about them has theirs on the row."""
    if posting.kind == Paper.SENDER:
        return None
    place = place_of(reaching(case))
    if not place:
        raise NowhereToSend(
            "Depuis qu’elle est préparée, la personne a dit qu’aucune lettre n’est sûre\u00a0: "
            "n’envoyez pas celle-ci."
        )
    return sealing.seal(place.encode(), opened(case.key), context=SENT_TO)


def _left(leaving: Leaving, today: date) -> Iterator[str]:
    if leaving.postage in NUMBERED:
        yield f"{leaving.postage.label.lower()} {leaving.number}"
    if leaving.on != today:
        yield f"partie le {long_date(leaving.on)}"


def _record(verb: str, posting: Posting, case: Case, by: Actor, at: datetime) -> None:
    subject = ("case", case.reference)
    of = case.beneficiary_id
    record(verb=verb, subject=subject, by=by, at=at, beneficiary_id=of, letter=str(posting.kind))
