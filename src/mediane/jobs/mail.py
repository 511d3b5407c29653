"""The tasks of the mailboxes. One that cannot be reached is looked into again at the next round."""

import logging
from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from mediane.integrations import mailbox
from mediane.jobs.tasks import AGAIN
from mediane.kit import clock, jobs
from mediane.kit.rowsecurity import staff, working_for
from mediane.mailroom import actions, queries
from mediane.mailroom.models import Pointer
from mediane.organisations.models import Organisation
from mediane.organisations.queries import all_cafs

ONE_DAY = timedelta(days=1)
logger = logging.getLogger(__name__)


@app.task(name="collect_mail")
def collect_mail(timestamp: int) -> None:
    """One job a Caf: a server that hangs makes nobody else wait, and is never asked twice at once."""
    for caf in all_cafs():
        if mailbox.has_mailbox(caf):
            name = f"mailbox:{caf.code}"
            one = jobs.job("collect_mailbox", once=name, organisation_id=caf.pk).evolve(lock=name)
            try:
                with transaction.atomic():
                    jobs.defer_all(one)
            except AlreadyEnqueued:
                logger.info("%s is still waiting for its turn", name)


@app.task(name="collect_mailbox")
def collect_mailbox(*, organisation_id: int) -> None:
    """Not tried again by itself: the next round is two minutes away."""
    try:
        done = mailbox.collect(Organisation.objects.get(pk=organisation_id))
    except mailbox.Unreachable:
        logger.warning("mail stays on its server", exc_info=True)
        return
    logger.info("mail taken: %s, known: %s, left: %s", done.new, done.known, done.left)


@app.task(name="send_pointer", retry=AGAIN)
def send_pointer(*, organisation_id: int, pointer_id: int) -> None:
    with working_for(staff(organisation_id)):
        pointer = Pointer.objects.select_related("mail__key", "mail__organisation").get(pk=pointer_id)
        actions.send_pointer(pointer=pointer, at=clock.now())


@app.task(name="forget_stray_mail", retry=AGAIN)
def forget_stray_mail(timestamp: int) -> None:
    """Originals that a transaction rolled back left on the disk."""
    strays = written = queries.originals().written_before(clock.now() - ONE_DAY)
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            strays = strays - queries.named_by_rows(caf.pk)
    # A database that knows none of them is not theirs.
    if strays != written:
        actions.forget_strays(names=strays)
