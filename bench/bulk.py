"""Rows loaded by COPY into tables without indexes or constraints, then built and checked again."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg
from django.db import connection as application
from django.db.models import NOT_PROVIDED, Field, Model
from psycopg import sql

NULL = "\\N"

INDEXES = """
SELECT quote_ident(c.relname), pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = ANY(%s::regclass[]) AND NOT EXISTS
    (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
"""
TRIGGERS = """
SELECT tgrelid::regclass::text, tgname FROM pg_trigger
WHERE tgrelid = ANY(%s::regclass[]) AND tgname LIKE 'search!_hears%%' ESCAPE '!'
"""
SOME = 20_000  # cases at once
# Foreign keys need the unique constraints they point to: they go first and come back last.
CONSTRAINTS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
FROM pg_constraint
WHERE contype IN ('p', 'u', 'f')
    AND (conrelid = ANY(%(tables)s::regclass[]) OR confrelid = ANY(%(tables)s::regclass[]))
ORDER BY contype = 'f' DESC, conname
"""


class Sheet:
    """Lines for one table. Columns not named take the default of their field."""

    def __init__(self, model: type[Model], *columns: str) -> None:
        self.table = model._meta.db_table
        self.columns = [*columns]
        fields = {field.column: field for field in model._meta.concrete_fields}
        if unknown := set(columns) - set(fields):
            raise LookupError(f"{self.table} has no {sorted(unknown)}")
        rest = [name for name, field in fields.items() if name not in columns and not _left_out(field)]
        self.columns += rest
        self._end = "".join(f"\t{_default(fields[column])}" for column in rest) + "\n"
        self._lines: list[str] = []

    def add(self, *values: Any) -> None:
        self._lines.append("\t".join(map(str, values)) + self._end)

    def load(self) -> "Load":
        """The lines so far, to send; the sheet begins again."""
        load = Load(self.table, self.columns, self._lines)
        self._lines = []
        return load


@dataclass(frozen=True)
class Load:
    table: str
    columns: list[str]
    lines: list[str]

    def send(self, connection: psycopg.Connection) -> None:
        order = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(self.table), sql.SQL(", ").join(map(sql.Identifier, self.columns))
        )
        with connection.cursor() as cursor, cursor.copy(order) as copy:
            copy.write("".join(self.lines))


def _left_out(field: Field) -> bool:
    """What the database fills by itself."""
    return field.db_default is not NOT_PROVIDED and not field.has_default()


def _default(field: Field) -> str:
    if field.null and not field.has_default():
        return NULL
    value = field.get_default()
    if isinstance(value, dict):
        return "{}"
    if isinstance(value, list | tuple):
        return array(value)
    return text(field.get_db_prep_save(value, application))


def text(value: object) -> str:
    """A value as COPY reads it."""
    match value:
        case None:
            return NULL
        case bool():
            return "t" if value else "f"
        case bytes() | memoryview():
            return "\\\\x" + bytes(value).hex()
        case date() | datetime():
            return value.isoformat()
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def array(codes: Sequence[str]) -> str:
    return "{" + ",".join(codes) + "}"


@contextmanager
def stripped(connection: psycopg.Connection, tables: Sequence[str]) -> Iterator[None]:
    """Without indexes, keys and references; all are built again, so that every row is checked."""
    constraints = connection.execute(CONSTRAINTS, {"tables": list(tables)}).fetchall()
    indexes = connection.execute(INDEXES, [list(tables)]).fetchall()
    for table, name, _ in constraints:
        connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    connection.commit()
    yield
    for table, name, definition in reversed(constraints):
        connection.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    for _, definition in indexes:
        connection.execute(definition)
    connection.commit()


@contextmanager
def unheard(connection: psycopg.Connection, tables: Sequence[str]) -> Iterator[None]:
    """Without what the search index hears, row by row, of a load: it is filled at once at the end."""
    triggers = connection.execute(TRIGGERS, [list(tables)]).fetchall()
    for table, name in triggers:
        connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    connection.commit()
    yield
    for table, name in triggers:
        connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER {name}")
    connection.commit()


def fill_search(url: str, last: int) -> None:
    """What each case is found by, through the function of the product, on every core."""
    with psycopg.connect(url, autocommit=True) as connection:
        indexes = connection.execute(INDEXES, [["search_entry"]]).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        with ThreadPoolExecutor(os.cpu_count()) as fillers:
            list(fillers.map(lambda first: _fill_some(url, first), range(1, last + 1, SOME)))
        connection.execute("SET maintenance_work_mem = '1GB'")
        for _, definition in indexes:
            connection.execute(definition)


def _fill_some(url: str, first: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT search_fill(%s, %s)", [first, first + SOME - 1])


def next_id(connection: psycopg.Connection, table: str) -> int:
    query = sql.SQL("SELECT COALESCE(max(id), 0) + 1 FROM {}").format(sql.Identifier(table))
    row = connection.execute(query).fetchone()
    return row[0] if row else 1


def restart_numbers(connection: psycopg.Connection, tables: Sequence[str]) -> None:
    for table in tables:
        connection.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))").format(
                sql.Literal(table), sql.Identifier(table)
            )
        )
