from datetime import datetime

from django.db import transaction

from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.transfers.models import CopiedLetter, CopiedMandate, Parcel
from mediane.transfers.queries import contents_of
from mediane.transfers.rules.contents import Contents


@transaction.atomic
def open_copy(*, letter: CopiedLetter, beneficiary_id: int, by: Actor, at: datetime) -> None:
    """Journal the reading of a letter that another Caf signed."""
    subject = ("copied_letter", str(letter.public_id))
    record(verb="open_letter", subject=subject, by=by, at=at, beneficiary_id=beneficiary_id)


@transaction.atomic
def open_proof(*, mandate: CopiedMandate, beneficiary_id: int, by: Actor, at: datetime) -> None:
    """Journal the reading of what proved a mandate at another Caf."""
    subject = ("copied_mandate", str(mandate.public_id))
    record(verb="read_proof", subject=subject, by=by, at=at, beneficiary_id=beneficiary_id)


@transaction.atomic
def open_parcel(*, parcel: Parcel, by: Actor, at: datetime) -> Contents:
    """Look into a stopped parcel, to say whose it is."""
    record(verb="open_parcel", subject=("parcel", str(parcel.public_id)), by=by, at=at)
    return contents_of(parcel)
