"""The tasks that read files. A case’s are; a draft is its person’s alone, and most mail is nobody’s case."""

from procrastinate.contrib.django import app

from mediane.casework.models import Case
from mediane.documents.actions import note_reading, to_be_read
from mediane.documents.queries import content, keys_to_read, next_to_read
from mediane.documents.states import Outcome
from mediane.integrations import reading
from mediane.jobs.tasks import AGAIN
from mediane.kit import clock, jobs
from mediane.kit.rowsecurity import staff, working_for
from mediane.organisations.queries import all_cafs

MOST_AT_ONCE = 200  # cases of a Caf, in one night


@app.task(name="read_files", retry=AGAIN)
def read_files(*, organisation_id: int, key_id: int, again: bool = False) -> None:
    """Read the next file of a case, outside any transaction; the others have their turn after."""
    with working_for(staff(organisation_id)):
        document = next_to_read(key_id, again=again) if Case.objects.filter(key=key_id).exists() else None
        data = content(document) if document else b""
    if document is None:
        return
    read = reading.read(data, document.media_type)
    with working_for(staff(organisation_id)):
        note_reading(document=document, read=read, at=clock.now())
        # Where the program is still missing, the same file would be read for ever.
        again = again and read.outcome != Outcome.ABSENT
        jobs.defer_all(to_be_read(organisation_id=organisation_id, key_id=key_id, again=again))


@app.task(name="read_what_waits", retry=AGAIN)
def read_what_waits(timestamp: int) -> None:
    """What a lost job left unread, and what waited for its program once that is installed."""
    again = reading.can_recognise()
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            waiting = Case.objects.filter(key__in=keys_to_read(caf.pk, again=again)).order_by("pk")
            keys = waiting.values_list("key_id", flat=True)[:MOST_AT_ONCE]
            jobs.defer_all(*(to_be_read(organisation_id=caf.pk, key_id=key, again=again) for key in keys))
