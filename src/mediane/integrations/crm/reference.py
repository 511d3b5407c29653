"""A reference CRM: the contract of docs/crm.md over a real socket, for the demonstration and the tests.

Run as a program: `CRM_TOKEN=… python -m mediane.integrations.crm.reference FILE PORT`. It answers on
loopback only, and keeps its complaints, the facts it was told and its mood in FILE.
"""

import json
import signal
import sys
import threading
from contextlib import suppress
from datetime import date
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID

from mediane.complaints.rules import Fact
from mediane.integrations.crm.store import Damaged, Entry, KeyTaken, Mood, Store, ToldFact
from mediane.settings import env

HOST = "127.0.0.1"
LARGEST_QUESTION = 4096  # bytes
LONGEST_SILENCE = 60.0  # seconds
Answer = tuple[HTTPStatus, dict[str, Any]]


class Reference(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, store: Store, token: str, port: int = 0) -> None:
        super().__init__((HOST, port), Desk)
        self.store, self.token = store, token
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.server_port}/v1"

    def shutdown(self) -> None:
        self.over.set()
        super().shutdown()


class Desk(BaseHTTPRequestHandler):
    """One request."""

    server: Reference
    timeout = 10

    def do_POST(self) -> None:
        # Whoever asked may have gone: their time is as limited as ours.
        with suppress(ConnectionError):
            try:
                self._behave(self.server.store.read().mood)
            except Damaged:
                self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, {"error": "damaged"})

    def log_message(self, format: str, *words: Any) -> None:  # noqa: A002 (its name)
        """Nothing: numbers of beneficiaries pass here."""

    def _behave(self, mood: Mood) -> None:
        question = self._read()
        if mood is Mood.HANGS:
            self.server.over.wait(LONGEST_SILENCE)
        elif mood is Mood.DRIPS:
            self._drip()
        elif mood is Mood.GARBLES:
            self._send(HTTPStatus.OK, "<html>Bonjour</html>".encode("utf-16"))
        elif mood is Mood.FAILS:
            self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, {"error": "out of order"})
        else:
            self._do(mood, question)

    def _do(self, mood: Mood, question: dict[str, Any] | None) -> None:
        """What was asked is done, even when nobody will be able to tell."""
        status, answer = self._answer_to(question)
        told = {
            Mood.LIES: {"organisation": "00", "number": "0000000", "complaints": [], "key": "another"},
            Mood.FLOODS: answer | {"more": "x" * 2_000_000},
        }
        if mood is not Mood.CUTS:
            self._answer(status, told.get(mood, answer))

    def _answer_to(self, question: dict[str, Any] | None) -> Answer:
        given = self.headers.get("Authorization", "")
        if not compare_digest(given.encode(), f"Bearer {self.server.token}".encode()):
            return HTTPStatus.UNAUTHORIZED, {"error": "unknown token"}
        answers = {"/v1/complaints/search": self._search, "/v1/facts": self._note}
        if self.path not in answers:
            return HTTPStatus.NOT_FOUND, {"error": "no such address"}
        try:
            return answers[self.path](question or {})
        except (KeyError, ValueError, TypeError):
            return HTTPStatus.UNPROCESSABLE_ENTITY, {"error": "not of the contract"}

    def _search(self, question: dict[str, Any]) -> Answer:
        organisation, number = str(question["organisation"]), str(question["number"])
        since = date.fromisoformat(question["since"])
        known = self.server.store.complaints_of(organisation, number, since)
        rows = [_row(entry) for entry in known]
        return HTTPStatus.OK, {"organisation": organisation, "number": number, "complaints": rows}

    def _note(self, question: dict[str, Any]) -> Answer:
        told = ToldFact(
            key=str(UUID(self.headers["Idempotency-Key"])),
            organisation=str(question["organisation"]),
            number=str(question["number"]),
            reference=str(question["reference"]),
            fact=Fact(question["fact"]).value,
            on=date.fromisoformat(question["on"]),
        )
        try:
            is_new = self.server.store.note(told)
        except KeyTaken:
            return HTTPStatus.CONFLICT, {"error": "this key names another fact"}
        return HTTPStatus.CREATED if is_new else HTTPStatus.OK, {"key": told.key}

    def _read(self) -> dict[str, Any] | None:
        length = self.headers.get("Content-Length", "0")
        size = int(length) if length.isascii() and length.isdigit() else 0
        with suppress(ValueError):
            read = json.loads(self.rfile.read(min(size, LARGEST_QUESTION)))
            return read if isinstance(read, dict) else None
        return None

    def _drip(self) -> None:
        """A byte from time to time, so that no single wait is ever long."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Endless: ")
        while not self.server.over.wait(0.05):
            self.wfile.write(b"x")

    def _answer(self, status: HTTPStatus, answer: dict[str, Any]) -> None:
        self._send(status, json.dumps(answer, ensure_ascii=False).encode())

    def _send(self, status: HTTPStatus, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _row(entry: Entry) -> dict[str, str | None]:
    return {
        "reference": entry.reference,
        "subject": entry.subject,
        "channel": entry.channel,
        "made_on": entry.made_on.isoformat(),
        "answered_on": entry.answered_on.isoformat() if entry.answered_on else None,
    }


def run(file: Path, port: int) -> None:
    server = Reference(Store(file), env.secret("CRM_TOKEN"), port)
    for order in (signal.SIGTERM, signal.SIGINT):
        # From another thread: shutdown waits for the loop that this signal interrupts.
        signal.signal(order, lambda *_: threading.Thread(target=server.shutdown).start())
    with server:
        server.serve_forever(poll_interval=0.1)


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))
