"""Reads written once: Django composes the statement at the first call, later calls only fill it in.

Composing a statement costs Django more than PostgreSQL takes to answer it, and planning it costs
PostgreSQL more than carrying it out. A page opened all day long reads through these; everything else
stays an ordinary queryset.
"""

import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Given = ParamSpec("Given")
Row = TypeVar("Row")
PLACES = re.compile(r"%[s%]")
# As texts that PostgreSQL types by where they stand: a larger number would otherwise make another statement.
TEXTS: dict[type, Callable[[Any], str]] = {
    bool: str,
    int: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
    UUID: str,
}


class Kept(psycopg.Cursor):
    """Its statements stay with the server, planned: of the next ones it receives the values only.

    Django's own cursors put the values into the text: everything is parsed, secured row by row and
    planned again each time. PostgreSQL plans for the values it is given, five times, then once for all
    values when that costs no more. It plans again by itself when tables, figures or roles change.
    """

    def execute(self, query: Any, params: Any = None, **options: Any) -> "Kept":
        sent = params
        if isinstance(params, dict):
            sent = {name: _sent(value) for name, value in params.items()}
        elif params is not None:
            sent = [_sent(value) for value in params]
        # Nothing else is prepared on this connection, where Django writes the values into its texts.
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, sent, prepare=True, **options)
        finally:
            self.connection.prepare_threshold = None
            # What psycopg keeps here is asked for by Django alone, whose own cursors never bind values.
            self._query = Told(self.connection, query, params)  # type: ignore[assignment]


@dataclass(frozen=True)
class Told:
    """What Django tells of a statement when asked: the text that its own cursors would have sent."""

    connection: psycopg.Connection
    text: Any
    values: Any

    @property
    def query(self) -> bytes:
        return psycopg.ClientCursor(self.connection).mogrify(self.text, self.values).encode()


def kept(using: str = DEFAULT_DB_ALIAS) -> CursorWrapper:
    """A cursor of Django's for a text that is always the same: counted, wrapped and refused as any other."""
    cursor: CursorWrapper = connections[using].cursor()
    cursor.cursor = Kept(connections[using].connection)
    return cursor


def _sent(value: Any) -> Any:
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, list):
        return "{" + ",".join(_element(one) for one in value) + "}"
    text = TEXTS.get(type(value))
    return text(value) if text else value


def _element(value: Any) -> str:
    """As in the text of an array."""
    return "NULL" if value is None else '"' + re.sub(r'(["\\])', r"\\\1", _sent(value)) + '"'


class Slot(Expression):
    """Where a value will stand in a statement: a parameter that is its own place."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list["Slot"]]:  # type: ignore[override]
        return "%s", [self]


class Statement:
    """A queryset composed once, whose rows are read again and again with other values."""

    def __init__(self, rows: QuerySet) -> None:
        if rows._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise TypeError("A prepared read is one statement")
        self.rows, self.compiler = rows, rows.query.get_compiler(using=rows.db)
        sql, parameters = self.compiler.as_sql()
        self.places = [place.name for place in parameters if isinstance(place, Slot)]
        self.sql = self._with_what_never_changes(sql, list(parameters))
        self.converters = self.compiler.get_converters([column[0] for column in self.compiler.select])

    def _with_what_never_changes(self, sql: str, parameters: list) -> str:
        """In the text: an index of some rows only serves a statement that says which."""
        left = iter(parameters)
        connections[self.rows.db].ensure_connection()
        connection = connections[self.rows.db].connection

        def fill(found: re.Match[str]) -> str:
            if found[0] == "%%" or isinstance(value := next(left), Slot):
                return found[0]
            return psycopg.ClientCursor(connection).mogrify("%s", [value]).replace("%", "%%")

        return PLACES.sub(fill, sql)

    def read(self, values: dict[str, Any]) -> list:
        compiler = copy(self.compiler)
        # A connection belongs to its thread; the statement to all of them.
        compiler.connection = connections[self.rows.db]
        compiler.get_converters = lambda _: self.converters
        compiler.execute_sql = lambda *_, **__: [self._answer(values)]
        rows = self.rows.all()
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(rows)

    def _answer(self, values: dict[str, Any]) -> list[tuple]:
        with kept(self.rows.db) as cursor:
            cursor.execute(self.sql, [values[name] for name in self.places])
            rows: list[tuple] = cursor.fetchall()
        # What a statement had to select to put its rows in order is no part of them.
        return [row[: self.compiler.col_count] for row in rows] if self.compiler.has_extra_select else rows


def prepared(compose: Callable[Given, QuerySet[Any, Row]]) -> Callable[Given, list[Row]]:
    """Make a read of the function that composes it: its arguments fill the places.

    The function runs once, with places instead of values: it may not look at them.
    Values go to the database as they are, without the model's conversions.
    """
    statement: Statement | None = None
    names = list(signature(compose).parameters)

    @wraps(compose)
    def read(*args: Given.args, **values: Given.kwargs) -> list[Row]:
        nonlocal statement
        if statement is None:
            places: Any = {name: Slot(name) for name in names}
            statement = Statement(compose(**places))  # type: ignore[call-arg]
        return statement.read(dict(zip(names, args, strict=False)) | values)

    return read
