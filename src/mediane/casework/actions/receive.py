from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mediane.casework.actions.open_case import open_case
from mediane.casework.actions.postings import tell_on_paper
from mediane.casework.models import Case
from mediane.casework.states import Paper
from mediane.complaints.actions import declare
from mediane.journal.rules import Actor
from mediane.people.actions import Identity, NumberTaken, introduce
from mediane.people.models import Beneficiary
from mediane.referrals import actions as referrals
from mediane.referrals.models import Referral
from mediane.referrals.queries import entered_on
from mediane.referrals.rules import Arrival

SAID = ("asked", "explanation", "benefits", "grounds")


@dataclass(frozen=True, kw_only=True)
class DeclaredComplaint:
    """The earlier step with the Caf, as the letter or the caller says it."""

    made_on: date
    channel: str = ""
    reference: str = ""
    answered_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A request that came by another door, as somebody of the service types it."""

    arrival: Arrival
    typed: dict[str, Any]
    safe_contact: dict[str, str] = field(default_factory=dict)
    complaint: DeclaredComplaint | None = None
    files: tuple[tuple[str, bytes], ...] = ()
    # The person has the acknowledgement by post: it counts as sent once somebody posted it.
    receipt_on_paper: bool = False


@transaction.atomic
def receive(*, draft: Referral, by: Actor, at: datetime) -> Case:
    """Send a draft and open its case, once: a second call, or a second tab, finds the first result.

    :raises referrals.Incomplete: with what is missing.
    """
    if referrals.file(draft=draft, by=by, at=at):
        return open_case(referral=draft, by=by, at=at)
    return Case.objects.get(referral=draft)


@transaction.atomic
def register(*, entry: Entry, of: Beneficiary | Identity, by: Actor, at: datetime) -> Case:
    """Enter a request that came by another door, and open its case like any other’s: all of it, or nothing.

    The same page sent twice finds the first case.

    :raises people.actions.NumberTaken: when somebody to be written down is known already.
    :raises referrals.AlreadyEntered: when the page served before for something else.
    :raises documents.rules.FileRefused: with the file, the reason and what to do.
    """
    if first := entered_on(by.organisation_id, entry.arrival.entry_key):
        return _first_case(first, entry, of)
    try:
        person = introduce(identity=of, by=by, at=at) if isinstance(of, Identity) else of
        draft = referrals.enter(
            arrival=entry.arrival, of=person, at=at, safe_contact=entry.safe_contact, **entry.typed
        )
    except (NumberTaken, referrals.AlreadyEntered):
        # A double click: the first one committed while this one waited.
        first = entered_on(by.organisation_id, entry.arrival.entry_key)
        if first is None:
            raise
        return _first_case(first, entry, of)
    if entry.complaint is not None:
        complaint = declare(**vars(entry.complaint), of=person, at=at)
        referrals.save(draft=draft, at=at, complaint=complaint)
    referrals.join_kept(draft=draft, entry_key=entry.arrival.entry_key)
    for name, data in entry.files:
        referrals.join(draft=draft, name=name, data=data, by=by, at=at)
    case = receive(draft=draft, by=by, at=at)
    if entry.receipt_on_paper:
        tell_on_paper(case=case, kind=Paper.RECEIPT, by=by, at=at)
    return case


def _first_case(first: Referral, entry: Entry, of: Beneficiary | Identity) -> Case:
    """What was opened the first time, if it says the same."""
    is_same_person = first.beneficiary.number == of.number
    if not is_same_person or any(getattr(first, name) != entry.typed[name] for name in SAID):
        raise referrals.AlreadyEntered(
            first,
            f"Cette page a déjà enregistré la demande {first.reference} de {first.beneficiary.full_name}."
            " Pour en enregistrer une autre, enregistrez à nouveau.",
        )
    return Case.objects.get(referral=first)
