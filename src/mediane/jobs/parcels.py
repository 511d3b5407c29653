"""The tasks of cases that go to another Caf. Each works in the context of one Caf only."""

from datetime import timedelta

from procrastinate.contrib.django import app

from mediane.jobs.tasks import AGAIN
from mediane.kit import clock, jobs
from mediane.kit.rowsecurity import staff, working_for
from mediane.organisations.queries import all_cafs
from mediane.transfers import actions, queries
from mediane.transfers.models import Parcel

ONE_DAY = timedelta(days=1)
SILENCE = timedelta(minutes=30)
LONGEST_WAIT = timedelta(days=1)  # more than between two tries of one job


@app.task(name="pack_parcel", retry=AGAIN)
def pack_parcel(*, organisation_id: int, parcel_id: int) -> None:
    if _may_try(organisation_id, parcel_id, is_packed=False):
        with working_for(staff(organisation_id)):
            actions.pack(parcel=Parcel.objects.get(pk=parcel_id), at=clock.now())


@app.task(name="take_in_parcel", retry=AGAIN)
def take_in_parcel(*, organisation_id: int, parcel_id: int) -> None:
    if _may_try(organisation_id, parcel_id, is_packed=True):
        with working_for(staff(organisation_id)):
            parcel = Parcel.objects.select_related("to").get(pk=parcel_id)
            if case := actions.take_in(parcel=parcel, at=clock.now()):
                jobs.defer("hear_arrival", organisation_id=organisation_id, case_id=case.pk)


def _may_try(organisation_id: int, parcel_id: int, *, is_packed: bool) -> bool:
    """In a transaction of its own: a try that fails is counted."""
    with working_for(staff(organisation_id)):
        parcel = Parcel.objects.get(pk=parcel_id)
        return actions.count_try(parcel=parcel, is_packed=is_packed, at=clock.now())


@app.task(name="send_waiting_parcels", retry=AGAIN)
def send_waiting_parcels(timestamp: int) -> None:
    """What a parked or lost job left on the way."""
    now = clock.now()
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            for parcel in queries.unfinished(caf.pk):
                since = parcel.tried_at or parcel.packed_at or parcel.sent_at
                if since >= now - (LONGEST_WAIT if parcel.tries else SILENCE):
                    continue
                if parcel.packed_at is None:
                    jobs.defer("pack_parcel", organisation_id=caf.pk, parcel_id=parcel.pk)
                else:
                    jobs.defer("take_in_parcel", organisation_id=parcel.to_id, parcel_id=parcel.pk)


@app.task(name="forget_stray_parcels", retry=AGAIN)
def forget_stray_parcels(timestamp: int) -> None:
    """Files of a filling that failed at the last moment."""
    strays = written = queries.blobs().written_before(clock.now() - ONE_DAY)
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            strays = strays - queries.named_by_rows(caf.pk)
    # A database that knows none of them is not theirs.
    if strays != written:
        actions.forget_strays(names=strays)
