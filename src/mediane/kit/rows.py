"""Rows held by a transaction: of two people who act at once, one waits, then sees what the other did."""

from collections.abc import Sequence
from functools import cache

from django.db import connection, transaction
from django.db.models import Model

from mediane.kit.prepared import Slot, Statement


def hold(row: Model, *, keep: Sequence[str] = ()) -> None:
    """Take a row until the transaction ends, and read it again.

    `keep` names what it points to for ever: what is known of that is not read a second time.

    :raises Model.DoesNotExist: if the row is gone, or out of reach.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A row is held by a transaction")
    found = _held(type(row)).read({"pk": row.pk})
    if not found:
        raise type(row).DoesNotExist  # type: ignore[attr-defined]
    for field in row._meta.concrete_fields:
        setattr(row, field.attname, getattr(found[0], field.attname))
    for name in row._state.fields_cache.keys() - set(keep):
        del row._state.fields_cache[name]


@cache
def _held(model: type[Model]) -> Statement:
    return Statement(model._default_manager.filter(pk=Slot("pk")).select_for_update(of=("self",)))
