"""A page that writes something, sent twice: a double click, a slow network, a page sent again.

Each page carries a key of its own. The key is unique in the database, so the same page writes once; two pages
open side by side are two keys, and may say the same thing.
"""

from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model

from mediane.kit.refusal import Refusal

Row = TypeVar("Row", bound=Model)


class AlreadySent(Refusal):
    """The page served already, for something else."""


def written_by_page(
    model: type[Row], *, entry_key: UUID | None, organisation_id: int | None, **said: Any
) -> Row | None:
    """What the same page wrote the first time. Of two clicks, one waits here until the other is done.

    :raises AlreadySent: if it said something else then.
    """
    if entry_key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(entry_key)])
    rows = model._default_manager.filter(organisation_id=organisation_id, entry_key=entry_key)
    first = rows.first()
    if first is not None:
        require_same(all(getattr(first, name) == value for name, value in said.items()))
    return first


def require_same(is_same: bool) -> None:
    """Of what is sealed, whoever holds the key compares.

    :raises AlreadySent: if the page said something else the first time.
    """
    if not is_same:
        raise AlreadySent(
            "Cette page a déjà été enregistrée, avec un autre contenu. "
            "Pour enregistrer aussi celui-ci, enregistrez de nouveau."
        )
