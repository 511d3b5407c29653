"""The very statements of a page, written down once, to be played again by less than the product."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

# What the product adds to the bare work: contexts, journal, savepoints; the bare view has its own session.
OURS = ("set_config(", "journal_entry", "SAVEPOINT", '"django_session"')
# Search reads and keeps its index for the context: where it does, the floors set it too.
CONTEXT = "set_config("
INSERT = re.compile(r'INSERT INTO "(\w+)" \((.+?)\) VALUES \((.*)\) RETURNING (?:"\w+"\.)?"id"', re.DOTALL)


@dataclass
class Played:
    statements: list[str]
    size: int  # bytes of the page

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def sign_in(audience: str, who: int) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.post("/demonstration/entrer/", {"audience": audience, "who": who})
    return client


def reading(client: Client, path: str) -> Played:
    return _capture(lambda: client.get(path), expect=200)


def searching(client: Client, path: str, data: dict[str, Any]) -> Played:
    return _capture(lambda: client.post(path, data), expect=200, but=CONTEXT)


def writing(client: Client, path: str, data: dict[str, Any]) -> Played:
    """Nothing stays written: the statements can be played once, for good, by somebody else."""
    with transaction.atomic():
        played = _capture(lambda: client.post(path, data), expect=302, but=CONTEXT)
        transaction.set_rollback(True)
    return played


def _capture(ask: Callable[[], HttpResponse], *, expect: int, but: str = "") -> Played:
    ours: list[str] = []
    with _listening(ours):
        answer = ask()
    if answer.status_code != expect:
        raise LookupError(f"{answer.status_code}, not {expect}")
    marks = [mark for mark in OURS if mark != but]
    kept = [text for text in ours if not any(mark in text for mark in marks)]
    return Played(kept, len(answer.content))


@contextmanager
def _listening(heard: list[str]) -> Iterator[None]:
    def listen(
        execute: Callable[..., Any], text: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        result = execute(text, params, many, context)
        cursor = context["cursor"].cursor
        full = psycopg.ClientCursor(connection.connection).mogrify(text, params)
        heard.append(_with_its_number(full, cursor))
        return result

    with connection.execute_wrapper(listen):
        yield


def _with_its_number(text: str, cursor: psycopg.Cursor) -> str:
    """An insertion keeps the number it was given, for the rows that point to it."""
    found = INSERT.fullmatch(text)
    if not found or cursor.pgresult is None or cursor.pgresult.ntuples != 1:
        return text
    table, columns, values = found.groups()
    number = (cursor.pgresult.get_value(0, 0) or b"").decode()
    return f'INSERT INTO "{table}" ("id", {columns}) VALUES ({number}, {values}) RETURNING "id"'  # noqa: S608
