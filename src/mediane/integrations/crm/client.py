"""The register’s HTTP contract (docs/crm.md), in its words. What an exchange may cost is bounded:
in time however slowly the other side speaks, in size however much it says."""

import http.client
import io
import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

LARGEST_ANSWER = 256 * 1024  # bytes
REFUSALS = (HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)


class Unusable(Exception):
    """No answer, an error, or not one of the contract: nothing is known."""


class Refused(Exception):
    """The register understood, and says no."""


@dataclass(frozen=True)
class Client:
    """One exchange, one connection: a register that comes back is found at once."""

    url: str
    token: str
    limit: float  # seconds, for the whole of an exchange

    def search(self, *, organisation: str, number: str, since: str) -> dict[str, Any]:
        """POST, not GET: a number in an address would stand in the logs of everything on the way.

        :raises Unusable: without an answer of the contract.
        """
        try:
            return self._exchange(
                "/complaints/search", {"organisation": organisation, "number": number, "since": since}
            )
        except Refused as error:
            raise Unusable(str(error)) from error

    def tell(self, *, key: str, fact: Mapping[str, str]) -> None:
        """
        :raises Unusable: without the register’s own acknowledgement.
        :raises Refused: if it will not have this fact.
        """
        answer = self._exchange("/facts", fact, {"Idempotency-Key": key})
        if answer.get("key") != key:
            raise Unusable("an acknowledgement of something else")

    def _exchange(
        self, path: str, body: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        try:
            status, answer = self._post(path, json.dumps(body).encode(), headers or {})
        except (OSError, http.client.HTTPException) as error:
            raise Unusable(type(error).__name__) from error
        if status in REFUSALS:
            raise Refused(f"status {status}")
        if status not in (HTTPStatus.OK, HTTPStatus.CREATED):
            raise Unusable(f"status {status}")
        if len(answer) > LARGEST_ANSWER:
            raise Unusable("an endless answer")
        try:
            read = json.loads(answer)
        except (ValueError, RecursionError) as error:
            raise Unusable("not JSON") from error
        if not isinstance(read, dict):
            raise Unusable("not an object")
        return read

    def _post(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        until = time.monotonic() + self.limit
        connection = self._connection(until)
        try:
            given = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
            connection.request("POST", urlsplit(self.url).path.rstrip("/") + path, body, {**given, **headers})
            with connection.getresponse() as response:
                return response.status, response.read(LARGEST_ANSWER + 1)
        finally:
            connection.close()

    def _connection(self, until: float) -> http.client.HTTPConnection:
        there = urlsplit(self.url)
        assert there.hostname  # noqa: S101 — the setting was read by env.address
        connection: http.client.HTTPConnection
        if there.scheme == "https":
            connection = http.client.HTTPSConnection(
                there.hostname, there.port, timeout=self.limit, context=ssl.create_default_context()
            )
        else:
            connection = http.client.HTTPConnection(there.hostname, there.port, timeout=self.limit)
        connection.response_class = lambda sock, **known: _Timed(sock, until, **known)  # type: ignore[assignment]
        return connection


class _Timed(http.client.HTTPResponse):
    """Read until an instant, and not a given time after each byte."""

    def __init__(self, sock: Any, until: float, **known: Any) -> None:
        super().__init__(sock, **known)
        self.fp = io.BufferedReader(_Until(self.fp.detach(), sock, until))


class _Until(io.RawIOBase):
    def __init__(self, raw: Any, sock: Any, until: float) -> None:
        self.raw, self.sock, self.until = raw, sock, until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.sock.settimeout(left)
        read: int | None = self.raw.readinto(buffer)
        return read

    def close(self) -> None:
        self.raw.close()
        super().close()
