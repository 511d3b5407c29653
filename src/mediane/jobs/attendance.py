"""The tasks of notices to the service: what is said at once, and the digest of the morning."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from mediane.attendance.actions import notices
from mediane.kit import clock, jobs
from mediane.kit.rowsecurity import staff, working_for
from mediane.organisations.queries import all_cafs, by_id


@app.task(name="tell_colleagues")
def tell_colleagues(timestamp: int) -> None:
    """One job a member: an address that refuses holds nobody else back."""
    at = clock.now()
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            for member in notices.to_tell_now(caf, at=at):
                _defer("tell_colleague", caf.pk, member)


@app.task(name="tell_colleague")
def tell_colleague(*, organisation_id: int, member: int) -> None:
    """Not tried again by itself: the next round is two minutes away."""
    with working_for(staff(organisation_id)):
        notices.tell_now(caf=by_id(organisation_id), member=member, at=clock.now())


@app.task(name="write_digests")
def write_digests(timestamp: int) -> None:
    """By the clock of each Caf; a morning when no worker ran, or no mail left, is caught up before noon."""
    at = clock.now()
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            for member in notices.to_digest(caf, at=at):
                _defer("write_digest", caf.pk, member)


@app.task(name="write_digest")
def write_digest(*, organisation_id: int, member: int) -> None:
    with working_for(staff(organisation_id)):
        notices.digest(caf=by_id(organisation_id), member=member, at=clock.now())


def _defer(name: str, organisation_id: int, member: int) -> None:
    """Still waiting for its turn, it is enough."""
    once = f"{name}:{organisation_id}:{member}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        jobs.defer(name, once=once, organisation_id=organisation_id, member=member)
