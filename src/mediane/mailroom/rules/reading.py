"""Bytes of a mail → what it says. Whatever the bytes, it answers: a broken mail is read as far as it goes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parseaddr

from mediane.mailroom.rules.html_text import text_of

LONGEST_HEADER = 20_000
LONGEST_TEXT = 100_000
MOST_PARTS = 1_000
MOST_LINES = 20  # of one header
SMALLEST_PICTURE = 15_000  # below, a picture inside the text is a logo
MESSAGE_ID = re.compile(r"<[^<>\s@]{1,200}@[^<>\s@]{1,200}>")
# Codecs that are no writing of a person, and take long on purpose.
NOT_TEXT = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})


@dataclass(frozen=True)
class File:
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Letter:
    """A mail once opened. `headers` are by name in small letters, each in the order of the message."""

    headers: dict[str, list[str]]
    media_type: str = "text/plain"
    sender_name: str = ""
    sender: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    message_id: str = ""
    answers: tuple[str, ...] = ()
    text: str = ""
    files: tuple[File, ...] = ()
    is_broken: bool = False

    def header(self, name: str) -> str:
        return next(iter(self.headers.get(name, ())), "")


def read(raw: bytes) -> Letter:
    try:
        return _read(message_from_bytes(raw, policy=policy.compat32))
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # The library stumbles on some forgeries: the words are still there to be read by somebody.
        return as_it_came(raw)


def as_it_came(raw: bytes) -> Letter:
    """Its source as text, and nothing understood of it."""
    return Letter(headers={}, text=_clean(raw[:LONGEST_TEXT].decode("utf-8", "replace")), is_broken=True)


def _read(message: Message) -> Letter:
    headers: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        headers.setdefault(name.lower(), []).append(_utf8(str(value))[:LONGEST_HEADER])
    parts = list(_leaves(message))
    name, sender = parseaddr(_first(headers, "from"))
    own_id = MESSAGE_ID.search(_first(headers, "message-id"))
    return Letter(
        headers=headers,
        media_type=message.get_content_type(),
        sender_name=_line(_words(name)),
        sender=_line(sender),
        to=tuple(_recipients(headers)),
        subject=_line(_words(_first(headers, "subject"))),
        message_id=own_id.group() if own_id else "",
        answers=tuple(_answered(headers, message)),
        text=_text(parts),
        files=tuple(File(_name(part), _bytes(part)) for part in parts if _is_file(part)),
        is_broken=any(part.defects for part in (message, *parts)) or not sender,
    )


def _first(headers: dict[str, list[str]], name: str) -> str:
    return next(iter(headers.get(name, ())), "")


def _leaves(message: Message) -> Iterator[Message]:
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        inside = part.get_payload()
        if part.is_multipart() and isinstance(inside, list):
            waiting[:0] = [one for one in inside if isinstance(one, Message)]
        else:
            yield part


def _is_file(part: Message) -> bool:
    kind, disposition = part.get_content_type(), part.get_content_disposition()
    if disposition == "attachment" or (part.get_filename() and not kind.startswith("image/")):
        return True
    if part.get_content_maintype() in ("text", "message"):
        return False
    return not (part.get("Content-ID") and len(_bytes(part)) < SMALLEST_PICTURE)


def _text(parts: list[Message]) -> str:
    written = [part for part in parts if part.get_content_maintype() == "text" and not _is_file(part)]
    plain = [_decoded(part) for part in written if part.get_content_subtype() != "html"]
    if not any(text.strip() for text in plain):
        plain = [text_of(_decoded(part)) for part in written if part.get_content_subtype() == "html"]
    return _clean("\n\n".join(text.strip() for text in plain))[:LONGEST_TEXT]


def _decoded(part: Message) -> str:
    data = _bytes(part)[: 4 * LONGEST_TEXT]
    charset = str(part.get_content_charset("utf-8"))
    return _in(data, charset)


def _in(data: bytes, charset: str) -> str:
    if charset.lower().replace("-", "_") in NOT_TEXT:
        charset = "utf-8"
    try:
        return data.decode(charset, "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def _bytes(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _name(part: Message) -> str:
    return _line(_words(part.get_filename() or "sans nom"))


def _recipients(headers: dict[str, list[str]]) -> Iterator[str]:
    names = ("delivered-to", "x-original-to", "to", "cc")
    lines = [value for name in names for value in headers.get(name, ())[:MOST_LINES]]
    for _, address in getaddresses(lines):
        yield address


def _answered(headers: dict[str, list[str]], message: Message) -> Iterator[str]:
    for name in ("in-reply-to", "references"):
        for value in headers.get(name, ())[:MOST_LINES]:
            yield from MESSAGE_ID.findall(value)
    if message.get_content_type() == "multipart/report" and message.is_multipart():
        # What could not be delivered comes back inside the report.
        for part in _enclosed(message):
            yield from MESSAGE_ID.findall(_utf8(str(part.get("Message-ID", ""))))


def _enclosed(message: Message) -> Iterator[Message]:
    inside = message.get_payload()
    for part in inside if isinstance(inside, list) else ():
        content = part.get_payload() if isinstance(part, Message) else None
        if (
            isinstance(part, Message)
            and part.get_content_type() == "message/rfc822"
            and isinstance(content, list)
        ):
            yield from (one for one in content if isinstance(one, Message))


def _words(value: str) -> str:
    """RFC 2047, and what mail programs make of it."""
    try:
        parts = decode_header(value)
    except MessageError:
        return value
    return "".join(
        _in(part, charset or "utf-8") if isinstance(part, bytes) else part for part, charset in parts
    )


def _utf8(value: str) -> str:
    """Headers come with each foreign byte as half a surrogate."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _line(value: str) -> str:
    return " ".join(_clean(value).split())[:300]


def _clean(text: str) -> str:
    """No control, no half of a character: what a page shows and a database keeps."""
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in whole if c in "\n\t\u00a0\u202f" or c.isprintable())
