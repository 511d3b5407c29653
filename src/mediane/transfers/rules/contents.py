"""What a parcel holds: all that the next Caf needs, and neither private notes nor journal."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from mediane.transfers.rules.work import Work, read_work

# What is said of a mandate, as it is packed and as it is kept.
MANDATE = ("name", "kind", "structure", "scope", "judged_on", "court", "starts_on", "ends_on")


@dataclass(frozen=True)
class Told:
    """One line of what happened, as the next service reads it."""

    at: datetime
    side: str
    title: str
    text: str = ""


@dataclass(frozen=True)
class PackedSheet:
    """Another version of a letter: a PDF drawn where the letter was signed."""

    blob: str
    sha256: str


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
    # The same letter in large print, and its easy version if it has one.
    large: PackedSheet
    easy: PackedSheet | None


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
class PackedMandate:
    """Who spoke for the person there, in words, with the paper that proves it: said here, valid there."""

    name: str
    kind: str
    structure: str
    scope: str
    judged_on: date | None
    court: str
    starts_on: date
    ends_on: date | None
    proof: PackedFile | None


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
    mandates: list[PackedMandate]
    work: Work

    @property
    def packed(self) -> list[PackedLetter | PackedSheet | PackedFile]:
        proofs = [one.proof for one in self.mandates if one.proof is not None]
        sheets = [sheet for one in self.letters for sheet in (one.large, one.easy) if sheet is not None]
        return [*self.letters, *sheets, *self.files, *proofs]

    @property
    def blobs(self) -> list[str]:
        """Every sealed file of the parcel."""
        return [one.blob for one in self.packed]


class Unreadable(Exception):
    """Not what this version writes."""


def written(contents: Contents) -> bytes:
    return json.dumps(asdict(contents), default=_iso).encode()


def read(plain: bytes) -> Contents:
    """:raises Unreadable: for anything this version has not written."""
    try:
        return _read(json.loads(plain))
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise Unreadable from error


def _read(known: dict[str, Any]) -> Contents:
    return Contents(
        **known
        | {
            "moved_on": date.fromisoformat(known["moved_on"]),
            "request": _dated(known["request"], "received_on", "decision_on"),
            "complaint": _dated(known["complaint"], "made_on", "answered_on"),
            "past": _timed(_dated(known["past"], "acknowledged_on", "admissible_on"), "admitted_at"),
            "story": read_story(known["story"]),
            "letters": [_letter(one) for one in known["letters"]],
            "files": [_file(one) for one in known["files"]],
            "mandates": [_mandate(one) for one in known["mandates"]],
            "work": read_work(known["work"]),
        }
    )


def written_story(story: list[Told]) -> bytes:
    return json.dumps([asdict(one) for one in story], default=_iso).encode()


def read_story(lines: list[dict[str, Any]]) -> list[Told]:
    return [Told(**_timed(line, "at")) for line in lines]


def _letter(values: dict[str, Any]) -> PackedLetter:
    large, easy = PackedSheet(**values["large"]), values["easy"] and PackedSheet(**values["easy"])
    return PackedLetter(**_timed(values, "signed_at") | {"large": large, "easy": easy})


def _file(values: dict[str, Any]) -> PackedFile:
    return PackedFile(**_timed(values, "deposited_at"))


def _mandate(values: dict[str, Any]) -> PackedMandate:
    proof = values["proof"] and _file(values["proof"])
    return PackedMandate(**_dated(values, "judged_on", "starts_on", "ends_on") | {"proof": proof})


def _iso(value: date) -> str:
    return value.isoformat()


def _dated(values: dict[str, Any] | None, *names: str) -> Any:
    if values is None:
        return None
    return values | {name: date.fromisoformat(values[name]) for name in names if values[name]}


def _timed(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return values | {name: datetime.fromisoformat(values[name]) for name in names if values[name]}
