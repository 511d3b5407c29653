"""Tries are counted, and end: what does not pass waits for somebody, who sees why."""

from datetime import datetime
from functools import partial

from django.db import transaction

from mediane.casework import rights as casework_rights
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import jobs, rows
from mediane.kit.refusal import Refusal
from mediane.transfers import rights
from mediane.transfers.models import Parcel
from mediane.transfers.queries import blobs
from mediane.transfers.states import FAILED, Stopped

MOST_TRIES = 8  # over about a day


class NotWaiting(Refusal):
    """Somebody was first, or it has arrived."""


@transaction.atomic
def count_try(*, parcel: Parcel, is_packed: bool, at: datetime) -> bool:
    """Before each try of a job, so that one that kills its worker counts too; False if nothing is to be done.

    The last try is given up beforehand: passing takes that back.
    """
    rows.hold(parcel)
    if parcel.stopped or parcel.taken_in_at is not None or is_packed != (parcel.packed_at is not None):
        return False
    parcel.tries, parcel.tried_at = parcel.tries + 1, at
    if parcel.tries >= MOST_TRIES:
        parcel.stopped = Stopped.TRIED
    rows.change(parcel, ("tries", "tried_at", "stopped"))
    return True


def stop(parcel: Parcel, why: Stopped) -> None:
    """In the transaction of the try."""
    parcel.stopped = why
    rows.change(parcel, ("stopped",))


@transaction.atomic
def try_again(*, parcel: Parcel, by: Actor, at: datetime) -> None:
    """Try a parcel again that did not pass: its receiver opens it again, its sender fills it anew.

    :raises NotWaiting: if it goes on already, or is not filled yet and somebody else’s to fill.
    """
    casework_rights.require(rights.may_try_again(by, parcel))
    rows.hold(parcel)
    if parcel.stopped not in FAILED:
        raise NotWaiting("Cet envoi n’attend pas de nouvel essai.")
    is_ours = by.organisation_id == parcel.organisation_id
    if not is_ours and parcel.packed_at is None:
        raise NotWaiting("Cet envoi n’est pas encore parti\u00a0: c’est à la Caf qui l’envoie de réessayer.")
    parcel.stopped, parcel.tries, parcel.tried_at = "", 0, None
    rows.change(parcel, ("stopped", "tries", "tried_at", *(_emptied(parcel) if is_ours else ())))
    record(verb="try_again", subject=("parcel", str(parcel.public_id)), by=by, at=at)
    task = "pack_parcel" if is_ours else "take_in_parcel"
    jobs.defer(task, organisation_id=by.organisation_id, parcel_id=parcel.pk)


def _emptied(parcel: Parcel) -> tuple[str, ...]:
    for name in parcel.blobs:
        transaction.on_commit(partial(blobs().delete, name))
    parcel.packed_at = parcel.wrapped = parcel.sealed = None
    parcel.blobs = []
    return "packed_at", "wrapped", "sealed", "blobs"
