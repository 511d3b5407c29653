"""A browser small enough to cost nothing: one kept connection, cookies, and the token of the forms."""

import http.client
import re
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlencode

HOST = "127.0.0.1"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Unexpected(Exception):
    """The server did not answer what the scene needs."""


@dataclass
class Answer:
    status: int
    location: str
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Browser:
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection(HOST, self.port, timeout=60)

    def get(self, path: str, *, expect: int = 200) -> Answer:
        answer = self._send("GET", path, None, {}, expect)
        if found := TOKEN.search(answer.text):
            self.token = found[1]
        return answer

    def post(self, path: str, data: dict[str, object], *, expect: int = 302) -> Answer:
        body = urlencode(data | {"csrfmiddlewaretoken": self.token}, doseq=True).encode()
        return self._send("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"}, expect)

    def upload(self, path: str, files: list[tuple[str, bytes]], *, expect: int = 302) -> Answer:
        mark = uuid.uuid4().hex
        parts = [_part(mark, "csrfmiddlewaretoken", self.token.encode())]
        parts += [_part(mark, "documents", data, name) for name, data in files]
        body = b"".join(parts) + f"--{mark}--\r\n".encode()
        return self._send(
            "POST", path, body, {"Content-Type": f"multipart/form-data; boundary={mark}"}, expect
        )

    def _send(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str], expect: int
    ) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, headers | {"Cookie": cookies})
        response = self.connection.getresponse()
        for header in response.headers.get_all("Set-Cookie", ()):
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        answer = Answer(response.status, response.headers.get("Location", ""), response.read())
        if answer.status != expect:
            raise Unexpected(f"{method} {path}: {answer.status} {answer.location}, not {expect}")
        return answer


def signed_in(port: int, audience: str, who: int) -> Browser:
    """By the page of the demonstration, as anybody would."""
    browser = Browser(port)
    browser.get("/demonstration/?caf=75")  # its buttons carry the token
    browser.post("/demonstration/entrer/", {"audience": audience, "who": who})
    return browser


def _part(mark: str, name: str, data: bytes, filename: str = "") -> bytes:
    said = f'; filename="{filename}"' if filename else ""
    return (
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"{said}\r\n\r\n'.encode() + data + b"\r\n"
    )
