from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.models import F, Q, QuerySet

from mediane.documents.models import Document, Reading, SealingKey, State
from mediane.documents.states import Outcome
from mediane.journal.rules import Actor
from mediane.kit import sealing
from mediane.kit.blobs import Blobs
from mediane.kit.sealing import Keyring


@cache
def keyring() -> Keyring:
    return Keyring.from_setting(settings.SEALING_KEYS)


def blobs() -> Blobs:
    return Blobs(Path(settings.DATA) / "files")


def opened(key: SealingKey) -> bytes:
    """The key itself, unwrapped with the keys of the settings.

    :raises sealing.Broken: if the wrapping key left the settings, or the row was altered.
    """
    return sealing.unwrap(bytes(key.wrapped), keyring())


def may_be_read_by(actor: Actor, document: Document) -> bool:
    """A file is read once verified; before that, by its depositor alone."""
    if document.state == State.CLEAN:
        return True
    return (
        document.state == State.QUARANTINED and actor.kind == "person" and actor.id == document.beneficiary_id
    )


def next_to_read(key_id: int, *, again: bool) -> Document | None:
    """A verified file sealed with a key, whose text is not known; `again`, when a program was missing."""
    files = Document.objects.select_related("key").filter(_unread(again), key_id=key_id, state=State.CLEAN)
    return files.order_by("pk").first()


def keys_to_read(organisation_id: int, *, again: bool) -> set[int]:
    """Keys of files that wait to be read; whoever reads tells those of cases from the others."""
    files = Document.objects.filter(_unread(again), organisation_id=organisation_id, state=State.CLEAN)
    return set(files.values_list("key_id", flat=True))


def _unread(again: bool) -> Q:
    return Q(reading=None) | Q(reading__outcome=Outcome.ABSENT) if again else Q(reading=None)


def with_readings() -> QuerySet[Document]:
    """Each with the `outcome` of its reading, if any, and whether it `is_recognised`; without its text."""
    return Document.objects.annotate(outcome=F("reading__outcome"), is_recognised=F("reading__is_recognised"))


def reading_of(document: Document) -> Reading | None:
    return Reading.objects.filter(document=document).first()


def named_by_rows(organisation_id: int) -> set[str]:
    """The sealed files that documents of a Caf name."""
    return set(Document.objects.filter(organisation_id=organisation_id).values_list("blob", flat=True))


def content(document: Document) -> bytes:
    """The bytes of a file, unsealed.

    :raises sealing.Broken: if the file was altered, or is another’s.
    """
    return sealing.unseal(blobs().read(document.blob), opened(document.key), context=context_of(document))


def context_of(document: Document) -> bytes:
    return b"documents.document:" + document.public_id.bytes
