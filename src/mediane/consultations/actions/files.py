"""The gesture under what is joined to a question: sealed with its own key, never a file of the case."""

from datetime import datetime

from mediane.consultations.models import Consultation, Joined
from mediane.consultations.states import Kind
from mediane.documents import actions as documents
from mediane.documents.models import Document
from mediane.documents.rules import check_room
from mediane.journal.rules import Actor


def keep_file(
    consultation: Consultation, name: str, data: bytes, kind: Kind, by: Actor, at: datetime
) -> Document:
    """:raises FileRefused: with the reason and what to do."""
    there = list(Document.objects.filter(key_id=consultation.key_id))
    total = sum(document.size for document in there) + len(data)
    check_room(files=len(there) + 1, total_bytes=total)
    document = documents.deposit(
        name=name, data=data, position=len(there) + 1, key=consultation.key, by=by, at=at
    )
    Joined.objects.create(
        organisation_id=consultation.organisation_id, consultation=consultation, document=document, kind=kind
    )
    return document
