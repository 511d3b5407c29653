"""What the reference CRM knows: another system than ours, so a file of its own and not our database."""

import fcntl
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

FILE = "grc.json"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A complaint of one person at one Caf."""

    organisation_code: str
    number: str
    reference: str
    subject: str
    channel: str
    made_on: date
    answered_on: date | None = None
    id: str = field(default_factory=lambda: secrets.token_hex(4))


@dataclass(frozen=True, kw_only=True)
class ToldFact:
    """What was told of a request: where it stands, never what it says."""

    key: str
    organisation: str
    number: str
    reference: str
    fact: str
    on: date


class Mood(StrEnum):
    """How the CRM behaves: well, or as an outage would have it."""

    WELL = "well"
    FAILS = "fails"
    HANGS = "hangs"
    DRIPS = "drips"
    LIES = "lies"
    GARBLES = "garbles"
    FLOODS = "floods"
    CUTS = "cuts"


@dataclass(frozen=True)
class Content:
    complaints: tuple[Entry, ...] = ()
    facts: tuple[ToldFact, ...] = ()
    mood: Mood = Mood.WELL


class Damaged(Exception):
    """The file cannot be read, or was spoilt by hand."""


class KeyTaken(Exception):
    """One key was given to two facts."""


@dataclass(frozen=True)
class Store:
    """Replaced whole on every change, so that no reader ever sees half of it."""

    file: Path

    def complaints_of(self, organisation: str, number: str, since: date) -> list[Entry]:
        known = [
            entry
            for entry in self.read().complaints
            if (entry.organisation_code, entry.number) == (organisation, number) and entry.made_on >= since
        ]
        return sorted(known, key=lambda entry: entry.made_on, reverse=True)

    def note(self, told: ToldFact) -> bool:
        """Whether it is new: under one key, told twice is told once.

        :raises KeyTaken: if the key already names another fact.
        """
        with self._changing() as content:
            before = next((fact for fact in content.facts if fact.key == told.key), None)
            if before is None:
                self._write(replace(content, facts=(*content.facts, told)))
            elif before != told:
                raise KeyTaken(told.key)
        return before is None

    def behave(self, mood: Mood) -> None:
        with self._changing() as content:
            self._write(replace(content, mood=mood))

    def read(self) -> Content:
        """
        :raises Damaged: if the file cannot be read.
        """
        try:
            kept = json.loads(self.file.read_text(encoding="utf-8"))
            return Content(
                tuple(Entry(**_dated(row)) for row in kept["complaints"]),
                tuple(ToldFact(**_dated(row)) for row in kept["facts"]),
                Mood(kept["mood"]),
            )
        except FileNotFoundError:
            return Content()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Damaged(f"{self.file}: {error}") from error

    def keep(self, *entries: Entry) -> None:
        """Add complaints, or change those that have the same id."""
        with self._changing() as content:
            kept = {entry.id: entry for entry in (*content.complaints, *entries)}
            self._write(replace(content, complaints=tuple(kept.values())))

    def remove(self, entry_id: str) -> None:
        with self._changing() as content:
            kept = tuple(entry for entry in content.complaints if entry.id != entry_id)
            self._write(replace(content, complaints=kept))

    @contextmanager
    def _changing(self) -> Iterator[Content]:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield self.read()

    def _write(self, content: Content) -> None:
        draft = self.file.with_suffix(".new")
        draft.write_text(json.dumps(asdict(content), ensure_ascii=False, indent=1, default=date.isoformat))
        draft.replace(self.file)


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in ("made_on", "answered_on", "on") and value else value
        for name, value in row.items()
    }
