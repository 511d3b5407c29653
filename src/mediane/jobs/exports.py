"""The tasks of exports: each piece is a transaction, so that a worker that dies loses one at most."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from mediane.exports import actions, queries
from mediane.exports.models import Export
from mediane.jobs.tasks import AGAIN
from mediane.kit import clock
from mediane.kit.rowsecurity import staff, working_for
from mediane.organisations.queries import all_cafs

ONE_DAY = timedelta(days=1)
SILENCE = timedelta(minutes=20)


@app.task(name="make_export", retry=AGAIN)
def make_export(*, organisation_id: int, export_id: int) -> None:
    remains = True
    while remains:
        with working_for(staff(organisation_id)):
            remains = actions.go_on(export=Export.objects.get(pk=export_id), at=clock.now())
    with working_for(staff(organisation_id)):
        actions.finish(export=Export.objects.get(pk=export_id), at=clock.now())


@app.task(name="look_after_exports", retry=AGAIN)
def look_after_exports(timestamp: int) -> None:
    """What is a day old is removed; what a parked or lost job left on the way goes on."""
    at = clock.now()
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            for export in queries.expired(caf.pk, at):
                actions.expire(export=export)
            for export in queries.stopped(caf.pk, since=at - SILENCE):
                with suppress(AlreadyEnqueued), transaction.atomic():
                    actions.have_made(export=export)


@app.task(name="forget_stray_exports", retry=AGAIN)
def forget_stray_exports(timestamp: int) -> None:
    """Pieces that a transaction rolled back left on the disk."""
    strays = written = queries.blobs().written_before(clock.now() - ONE_DAY)
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            strays = strays - queries.named_by_rows(caf.pk)
    # A database that knows none of them is not theirs.
    if strays != written:
        actions.forget_strays(names=strays)
