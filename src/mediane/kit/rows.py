"""Rows held by a transaction: of two people who act at once, one waits, then sees what the other did."""

from collections.abc import Sequence

from django.db.models import Model


def hold(row: Model, *, keep: Sequence[str] = ()) -> None:
    """Take a row until the transaction ends, and read it again.

    `keep` names what it points to for ever: what is known of that is not read a second time.

    :raises Model.DoesNotExist: if the row is gone, or out of reach.
    """
    known = {name: getattr(row, name) for name in keep if name in row._state.fields_cache}
    row.refresh_from_db(from_queryset=type(row)._default_manager.select_for_update(of=("self",)))
    for name, pointed in known.items():
        setattr(row, name, pointed)
