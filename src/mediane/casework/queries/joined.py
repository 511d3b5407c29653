"""What the duplicates of a case hold, read from the case that answers for them: nothing is copied."""

from collections.abc import Sequence
from dataclasses import dataclass

from mediane.casework.models import Message
from mediane.casework.queries.near_cases import Near
from mediane.documents.models import Document
from mediane.documents.queries import with_readings


@dataclass(frozen=True)
class Joined:
    """A duplicate, with what was sent for it."""

    near: Near
    messages: list[Message]
    documents: list[Document]


def joined(others: Sequence[Near]) -> list[Joined]:
    """Two statements for all of them; none when there is none."""
    duplicates = [near for near in others if near.is_duplicate]
    if not duplicates:
        return []
    messages = list(Message.objects.filter(case__in=[near.pk for near in duplicates]).order_by("-sent_at"))
    keys = [near.key_id for near in duplicates]
    documents = list(with_readings().filter(key__in=keys).order_by("-deposited_at"))
    return [
        Joined(
            near,
            [message for message in messages if message.case_id == near.pk],
            [document for document in documents if document.key_id == near.key_id],
        )
        for near in duplicates
    ]
