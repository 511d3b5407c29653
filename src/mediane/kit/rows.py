"""Rows held by a transaction, and rows written by statements composed once.

Of two people who act at once, one waits, then sees what the other did. Every gesture writes the same
few tables: composing their statements costs Django more than PostgreSQL takes to carry them out.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Field, Model
from psycopg import sql

from mediane.kit.prepared import Slot, Statement, kept


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


def add(row: Model) -> None:
    """Insert a new row; it has its number on return."""
    sql, fields = _inserting(type(row), 1)
    with kept() as cursor:
        cursor.execute(sql, [_prepared(field, row) for field in fields])
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


def add_all(new: Sequence[Model]) -> None:
    """Insert new rows of one kind at once; their numbers are not read."""
    if not new:
        return
    sql, fields = _inserting(type(new[0]), len(new))
    with kept() as cursor:
        cursor.execute(sql, [_prepared(field, row) for row in new for field in fields])


def change(row: Model, fields: tuple[str, ...]) -> None:
    """Write these fields of a row that exists.

    :raises Model.DoesNotExist: if the row is gone, or may not be written.
    """
    sql, changed = _updating(type(row), fields)
    with kept() as cursor:
        cursor.execute(sql, [*(_prepared(field, row) for field in changed), row.pk])
        if not cursor.rowcount:
            raise type(row).DoesNotExist  # type: ignore[attr-defined]


def _prepared(field: Field, row: Model) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)


@cache
def _inserting(model: type[Model], number: int) -> tuple[str, list[Field]]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    row = sql.SQL("({})").format(_listed([sql.Placeholder()] * len(fields)))
    written = sql.SQL("INSERT INTO {table} ({names}) VALUES {rows} RETURNING {key}").format(
        table=sql.Identifier(model._meta.db_table),
        names=_listed([sql.Identifier(str(field.column)) for field in fields]),
        rows=_listed([row] * number),
        key=sql.Identifier(str(model._meta.pk.column)),
    )
    return written.as_string(), fields


@cache
def _updating(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Field]]:
    fields = [field for field in model._meta.concrete_fields if field.name in names]
    place = sql.SQL("{} = %s")
    written = sql.SQL("UPDATE {table} SET {places} WHERE {key} = %s").format(
        table=sql.Identifier(model._meta.db_table),
        places=_listed([place.format(sql.Identifier(str(field.column))) for field in fields]),
        key=sql.Identifier(str(model._meta.pk.column)),
    )
    return written.as_string(), fields


def _listed(parts: Sequence[sql.Composable]) -> sql.Composed:
    return sql.SQL(", ").join(parts)
