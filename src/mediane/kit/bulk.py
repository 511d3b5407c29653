"""Many rows in one statement, under every constraint and policy: COPY is not for tables with row security."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import AutoField, Model
from psycopg import sql

AT_ONCE = 2_000


def add(rows: Sequence[Model]) -> None:
    """Insert rows of one model; each has its number on return."""
    if not rows:
        return
    model = type(rows[0])
    columns = _columns(model)
    told = [{column: getattr(row, name) for column, name in columns.items()} for row in rows]
    for row, number in zip(rows, insert(model, told), strict=True):
        row.pk = number
        row._state.adding, row._state.db = False, connection.alias


def insert(model: type[Model], told: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Insert rows told by column, without making each a model; their numbers, in order."""
    statement, numbers = _statement(model), []
    for first in range(0, len(told), AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute(statement, [json.dumps(told[first : first + AT_ONCE], default=_as_text)])
            numbers += [number for (number,) in cursor.fetchall()]
    return numbers


@cache
def _columns(model: type[Model]) -> dict[str, str]:
    """With the name of each in the model; without what the database numbers."""
    drawn = (field for field in model._meta.concrete_fields if not isinstance(field, AutoField))
    return {str(field.column): field.attname for field in drawn}


@cache
def _statement(model: type[Model]) -> str:
    written = sql.SQL(
        "INSERT INTO {table} ({names}) SELECT {names} FROM json_populate_recordset(NULL::{table}, %s::json)"
        " RETURNING {number}"
    ).format(
        table=sql.Identifier(model._meta.db_table),
        names=sql.SQL(", ").join(map(sql.Identifier, _columns(model))),
        number=sql.Identifier(str(model._meta.pk.column)),
    )
    return written.as_string()


def _as_text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return "\\x" + bytes(value).hex()
    return value.isoformat() if isinstance(value, date) else str(value)
