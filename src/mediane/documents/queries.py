from functools import cache
from pathlib import Path

from django.conf import settings

from mediane.documents.models import Document, SealingKey, State
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
