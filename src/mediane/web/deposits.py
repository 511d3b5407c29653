"""A file sent to a case from a page, whoever sends it."""

from django.core.files.uploadedfile import UploadedFile

from mediane.casework.models import Case
from mediane.casework.queries.own_case import documents_of
from mediane.documents import actions
from mediane.documents.models import Document
from mediane.documents.rules import check_room
from mediane.journal.rules import Actor
from mediane.kit import clock


def deposited(case: Case, file: UploadedFile, *, by: Actor) -> Document:
    """Put after the files of the case, of which it shares the key.

    :raises FileRefused: with what to do.
    """
    there = documents_of(case)
    check_room(files=len(there) + 1, total_bytes=sum(one.size for one in there) + (file.size or 0))
    return actions.deposit(
        name=file.name or "",
        data=file.read(),
        position=len(there) + 1,
        key=case.key,
        by=by,
        at=clock.now(),
    )
