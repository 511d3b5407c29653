"""The sender’s side: the case is closed at once, a job fills the parcel."""

import uuid
from contextlib import ExitStack
from datetime import datetime

from django.db import transaction

from mediane.casework.actions import Departure
from mediane.casework.actions import transfer as close_as_transferred
from mediane.casework.models import Case
from mediane.documents.queries import keyring
from mediane.journal.actions import record
from mediane.journal.rules import Actor, system
from mediane.kit import jobs, rows, sealing
from mediane.transfers.actions.packing import contents
from mediane.transfers.actions.trying import stop
from mediane.transfers.models import Parcel
from mediane.transfers.queries import blobs, context_of
from mediane.transfers.rules.contents import written
from mediane.transfers.states import Stopped


@transaction.atomic
def send(
    *, case: Case, departure: Departure, seen_version: int | None = None, by: Actor, at: datetime
) -> Parcel:
    """Close a case as transferred and send its sealed copy to the Caf the person now belongs to.

    :raises ChangedMeanwhile, MoveRefused: with who was first.
    :raises CannotTransfer: to one’s own Caf, or from a day to come.
    """
    close_as_transferred(case=case, departure=departure, seen_version=seen_version, by=by, at=at)
    parcel = Parcel(
        organisation_id=case.organisation_id,
        case=case,
        to=departure.to,
        public_id=uuid.uuid4(),
        reference=case.reference,
        number=departure.number,
        sent_at=at,
        sent_by=by.name,
    )
    rows.add(parcel)
    jobs.defer("pack_parcel", organisation_id=case.organisation_id, parcel_id=parcel.pk)
    return parcel


@transaction.atomic
def pack(*, parcel: Parcel, at: datetime) -> None:
    """Fill a parcel, once: killed half-way, nothing was done, and the next try begins again.

    What does not open stops it: trying again by itself would change nothing.
    """
    rows.hold(parcel)
    if parcel.packed_at is not None:
        return
    key, kept = sealing.new_key(), set[str]()
    with ExitStack() as failing:
        failing.callback(forget_strays, names=kept)
        try:
            inside = contents(parcel, key=key, kept=kept, at=at)
        except (sealing.Broken, FileNotFoundError):
            stop(parcel, Stopped.DAMAGED)
            return
        parcel.wrapped = sealing.wrap(key, keyring())
        parcel.sealed = sealing.seal(written(inside), key, context=context_of(parcel))
        parcel.blobs = inside.blobs
        parcel.packed_at, parcel.stopped, parcel.tries, parcel.tried_at = at, "", 0, None
        rows.change(parcel, ("wrapped", "sealed", "blobs", "packed_at", "stopped", "tries", "tried_at"))
        subject = ("case", parcel.reference)
        record(verb="pack", subject=subject, by=system(parcel.organisation_id), at=at)
        jobs.defer("take_in_parcel", organisation_id=parcel.to_id, parcel_id=parcel.pk)
        failing.pop_all()


def forget_strays(*, names: set[str]) -> None:
    """Delete files of parcels that no row names: the transaction that wrote them was rolled back."""
    for name in names:
        blobs().delete(name)
