"""Reads written once: Django composes the statement at the first call, later calls only fill it in.

Composing a statement costs Django more than PostgreSQL takes to answer it. A page opened all day
long reads through these; everything else stays an ordinary queryset.
"""

from collections.abc import Callable
from copy import copy
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

from django.db import connections
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Given = ParamSpec("Given")
Row = TypeVar("Row")


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
        self.sql, self.parameters = self.compiler.as_sql()

    def read(self, values: dict[str, Any]) -> list:
        filled = [values[place.name] if isinstance(place, Slot) else place for place in self.parameters]
        compiler = copy(self.compiler)
        # A connection belongs to its thread; the statement to all of them.
        compiler.connection = connections[self.rows.db]
        compiler.as_sql = lambda *_, **__: (self.sql, filled)
        rows = self.rows.all()
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(rows)


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
