import json

from django.db.models import QuerySet

from mediane.documents.queries import keyring
from mediane.journal.rules import Actor
from mediane.kit import sealing
from mediane.unsent.models import KeptText


def of_writer(by: Actor) -> QuerySet[KeptText]:
    return KeptText.objects.filter(organisation_id=by.organisation_id, writer_kind=by.kind, writer_id=by.id)


def kept_at(place: str, by: Actor) -> KeptText | None:
    """What somebody typed on a page and did not send."""
    return of_writer(by).filter(place=place).first()


def opened(kept: KeptText) -> dict[str, list[str]]:
    """
    :raises sealing.Broken: if it was altered.
    """
    key = sealing.unwrap(bytes(kept.wrapped), keyring())
    words: dict[str, list[str]] = json.loads(
        sealing.unseal(bytes(kept.sealed), key, context=context_of(kept))
    )
    return words


def context_of(kept: KeptText) -> bytes:
    return f"unsent.text:{kept.writer_kind}:{kept.writer_id}:{kept.place}".encode()
