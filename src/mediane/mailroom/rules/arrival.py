"""A mail as the server gave it."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

MEGABYTE = 1024 * 1024
LARGEST = 30 * MEGABYTE  # of a whole message, as it travels
# Headers that the road adds: the same letter by two roads is one letter.
KEPT_HEADERS = (b"message-id", b"from", b"date", b"subject")


@dataclass(frozen=True)
class Place:
    """Where a server keeps it. A mailbox is named with its account: two accounts may count alike."""

    mailbox: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True)
class Arrival:
    """`raw` holds the headers alone when the message was too large to be fetched."""

    place: Place
    received_at: datetime
    size: int
    raw: bytes = field(repr=False)

    @property
    def is_whole(self) -> bool:
        return self.size <= LARGEST


def fingerprint(raw: bytes) -> str:
    """The same for the same letter. A Message-ID alone would let a stranger hide somebody’s mail
    behind an earlier one of the same name: what is written counts too."""
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    lines = [line for line in _unfolded(head) if line.partition(b":")[0].strip().lower() in KEPT_HEADERS]
    parts = [*sorted(lines), b"", body.rstrip()]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _unfolded(head: bytes) -> list[bytes]:
    lines: list[bytes] = []
    for line in head.split(b"\n"):
        if line[:1] in (b" ", b"\t") and lines:
            lines[-1] += line
        else:
            lines.append(line)
    return lines
