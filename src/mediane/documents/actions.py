import hashlib
import uuid
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from procrastinate.jobs import Job

from mediane.documents import rules
from mediane.documents.models import Document, Reading, SealingKey, State
from mediane.documents.queries import blobs, content, context_of, keyring, opened
from mediane.documents.rules.reading import Read
from mediane.journal.rules import Actor
from mediane.kit import jobs, rows, sealing


class Scanner(Protocol):
    """Named by the setting SCANNER. Only a well-formed clean answer on these very bytes counts."""

    def is_clean(self, data: bytes) -> bool: ...


def new_sealing_key(*, organisation_id: int, beneficiary_id: int | None) -> SealingKey:
    return SealingKey.objects.create(
        organisation_id=organisation_id,
        beneficiary_id=beneficiary_id,
        wrapped=sealing.wrap(sealing.new_key(), keyring()),
    )


def deposit(*, name: str, data: bytes, position: int, key: SealingKey, by: Actor, at: datetime) -> Document:
    """Check, re-encode, seal and keep a file received. Where a scanner is set, it waits in quarantine.

    Whatever refuses it does so before anything is written: nothing has to be taken back.

    :raises rules.FileRefused: with the reason and what to do.
    :raises NoSpace: when the disk is full; nothing was kept.
    """
    accepted = rules.check(name, data)
    document = Document(
        organisation_id=key.organisation_id,
        beneficiary_id=key.beneficiary_id,
        key=key,
        public_id=uuid.uuid4(),
        shown_name=rules.shown_name(name),
        our_name=rules.our_name(position, accepted.kind, name),
        media_type=accepted.media_type,
        size=len(accepted.data),
        pages=accepted.pages,
        sha256=hashlib.sha256(accepted.data).hexdigest(),
        state=State.QUARANTINED if settings.SCANNER else State.CLEAN,
        deposited_at=at,
        deposited_by=by.name,
    )
    document.blob = blobs().write(sealing.seal(accepted.data, opened(key), context=context_of(document)))
    with transaction.atomic(savepoint=False):
        rows.add(document)
        if settings.SCANNER:
            jobs.defer("scan", organisation_id=key.organisation_id, document_id=document.pk)
        else:
            jobs.defer_all(to_be_read(organisation_id=key.organisation_id, key_id=key.pk))
    return document


@transaction.atomic
def keep_copy(*, known: dict[str, Any], data: bytes, key: SealingKey) -> Document:
    """Seal anew, byte for byte, what another Caf received and checked; `known` is what it wrote of it."""
    document = Document(
        organisation_id=key.organisation_id,
        beneficiary_id=key.beneficiary_id,
        key=key,
        public_id=uuid.uuid4(),
        **known,
    )
    document.blob = blobs().write(sealing.seal(data, opened(key), context=context_of(document)))
    rows.add(document)
    if document.state == State.QUARANTINED:
        jobs.defer("scan", organisation_id=key.organisation_id, document_id=document.pk)
    return document


@transaction.atomic
def scan(*, document: Document) -> None:
    """Ask the scanner about a file in quarantine; without a clear answer it stays there."""
    scanner: Scanner = import_string(settings.SCANNER)()
    document.state = State.CLEAN if scanner.is_clean(content(document)) else State.REFUSED
    document.save(update_fields=["state"])
    if document.state == State.CLEAN:
        jobs.defer_all(to_be_read(organisation_id=document.organisation_id, key_id=document.key_id))


def to_be_read(*, organisation_id: int, key_id: int, again: bool = False) -> Job:
    """The job that reads the files of a case: one at a time in the house, after everything else."""
    job = jobs.job("read_files", organisation_id=organisation_id, key_id=key_id, again=again)
    return job.evolve(lock="reading", priority=-10)


@transaction.atomic
def note_reading(*, document: Document, read: Read, at: datetime) -> None:
    """Keep the text of a file, or why there is none; read again, the last reading holds."""
    known = {"outcome": read.outcome, "text": read.text, "is_recognised": read.is_recognised, "read_at": at}
    of_caf = {"organisation_id": document.organisation_id}
    Reading.objects.update_or_create(document=document, defaults=known, create_defaults=known | of_caf)


def forget_strays(*, names: set[str]) -> None:
    """Delete files that no row names: the transaction that wrote them was rolled back."""
    for name in names:
        blobs().delete(name)


@transaction.atomic
def remove(*, document: Document) -> None:
    """Take back a file that was joined to nothing sent."""
    blob = document.blob
    document.delete()
    transaction.on_commit(lambda: blobs().delete(blob))
