"""Many rows in one statement, under every constraint and policy: COPY is not for tables with row security."""

import json
from collections.abc import Sequence
from datetime import date
from functools import cache

from django.db import connection
from django.db.models import AutoField, Field, Model

AT_ONCE = 2_000


def add(rows: Sequence[Model]) -> None:
    """Insert rows of one model; each has its number on return."""
    for first in range(0, len(rows), AT_ONCE):
        _add(rows[first : first + AT_ONCE])


def _add(rows: Sequence[Model]) -> None:
    statement, fields = _statement(type(rows[0]))
    told = [{field.column: getattr(row, field.attname) for field in fields} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(told, default=_as_text)])
        for row, (number,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = number
            row._state.adding, row._state.db = False, connection.alias


@cache
def _statement(model: type[Model]) -> tuple[str, list[Field]]:
    drawn = (field for field in model._meta.concrete_fields if not isinstance(field, AutoField))
    fields: list[Field] = list(drawn)
    table, number = model._meta.db_table, model._meta.pk.column
    names = ", ".join(f'"{field.column}"' for field in fields)
    source = f'json_populate_recordset(NULL::"{table}", %s::json)'
    return f'INSERT INTO "{table}" ({names}) SELECT {names} FROM {source} RETURNING "{number}"', fields  # noqa: S608


def _as_text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return "\\x" + bytes(value).hex()
    return value.isoformat() if isinstance(value, date) else str(value)
