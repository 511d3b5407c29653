"""What a parcel holds: all that the next Caf needs, and neither private notes nor journal."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Told:
    """One line of what happened, as the next service reads it."""

    at: datetime
    side: str
    title: str
    text: str = ""


@dataclass(frozen=True)
class PackedLetter:
    """A signed letter, as the PDF that was sent; `blob` names it sealed in the parcel."""

    blob: str
    written_by: str
    kind: str
    title: str
    signed_at: datetime
    signed_by: str
    sha256: str


@dataclass(frozen=True)
class PackedFile:
    blob: str
    shown_name: str
    our_name: str
    media_type: str
    size: int
    pages: int
    sha256: str
    state: str
    deposited_at: datetime
    deposited_by: str
    is_joined: bool


@dataclass(frozen=True)
class Contents:
    """`person`, `request`, `complaint` and `past` are fields of the models of their own names."""

    reference: str
    reason: str
    moved_on: date
    person: dict[str, str]
    request: dict[str, Any]
    safe_contact: dict[str, str]
    complaint: dict[str, Any] | None
    past: dict[str, Any]
    story: list[Told]
    letters: list[PackedLetter]
    files: list[PackedFile]


def written(contents: Contents) -> bytes:
    return json.dumps(asdict(contents), default=_iso).encode()


def read(plain: bytes) -> Contents:
    """:raises KeyError, TypeError: for anything this version has not written."""
    known = json.loads(plain)
    return Contents(
        **known
        | {
            "moved_on": date.fromisoformat(known["moved_on"]),
            "request": _dated(known["request"], "received_on", "decision_on"),
            "complaint": _dated(known["complaint"], "made_on", "answered_on"),
            "past": _timed(_dated(known["past"], "acknowledged_on", "admissible_on"), "admitted_at"),
            "story": read_story(known["story"]),
            "letters": [PackedLetter(**_timed(one, "signed_at")) for one in known["letters"]],
            "files": [PackedFile(**_timed(one, "deposited_at")) for one in known["files"]],
        }
    )


def written_story(story: list[Told]) -> bytes:
    return json.dumps([asdict(one) for one in story], default=_iso).encode()


def read_story(lines: list[dict[str, Any]]) -> list[Told]:
    return [Told(**_timed(line, "at")) for line in lines]


def _iso(value: date) -> str:
    return value.isoformat()


def _dated(values: dict[str, Any] | None, *names: str) -> Any:
    if values is None:
        return None
    return values | {name: date.fromisoformat(values[name]) for name in names if values[name]}


def _timed(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return values | {name: datetime.fromisoformat(values[name]) for name in names if values[name]}
