from datetime import datetime

from django.db import transaction

from mediane.mailroom.models import Collection
from mediane.mailroom.queries import originals


@transaction.atomic
def note_collection(*, organisation_id: int, succeeded: bool, at: datetime) -> None:
    """Keep when the mailbox was looked into, and when it last answered."""
    known = {"tried_at": at} | ({"succeeded_at": at} if succeeded else {})
    Collection.objects.update_or_create(organisation_id=organisation_id, defaults=known)


def forget_strays(*, names: set[str]) -> None:
    """Delete originals that no row names: the transaction that wrote them was rolled back."""
    for name in names:
        originals().delete(name)
