"""The demonstration's relation register: another system than ours, so a file and not our database."""

import fcntl
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from mediane.complaints.rules import KnownComplaint, RegisterUnavailable
from mediane.kit import clock

A_YEAR = timedelta(days=366)


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

    def as_known(self) -> KnownComplaint:
        return KnownComplaint(self.reference, self.subject, self.channel, self.made_on, self.answered_on)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What we told the register about a request: where it stands, never what it says."""

    organisation_code: str
    number: str
    reference: str
    fact: str
    on: date


@dataclass(frozen=True)
class Content:
    complaints: tuple[Entry, ...] = ()
    facts: tuple[Fact, ...] = ()


class LocalRegister:
    """Replaced whole on every change, so that no reader ever sees half of it."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or Path(settings.DATA) / "grc.json"

    def complaints_of(self, *, organisation_code: str, number: str) -> list[KnownComplaint]:
        since = clock.today() - A_YEAR
        known = [
            entry.as_known()
            for entry in self.read().complaints
            if (entry.organisation_code, entry.number) == (organisation_code, number)
            and entry.made_on >= since
        ]
        return sorted(known, key=lambda complaint: complaint.made_on, reverse=True)

    def tell(self, *, organisation_code: str, number: str, reference: str, fact: str, on: date) -> None:
        told = Fact(organisation_code=organisation_code, number=number, reference=reference, fact=fact, on=on)
        with self._changing() as content:
            # Told twice is told once: whoever tells may have to begin again.
            if told not in content.facts:
                self._write(replace(content, facts=(*content.facts, told)))

    def read(self) -> Content:
        """
        :raises RegisterUnavailable: if the file cannot be read, or was damaged by hand.
        """
        try:
            kept = json.loads(self.file.read_text(encoding="utf-8"))
            return Content(
                tuple(Entry(**_dated(row)) for row in kept["complaints"]),
                tuple(Fact(**_dated(row)) for row in kept["facts"]),
            )
        except FileNotFoundError:
            return Content()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RegisterUnavailable(f"{self.file}: {error}") from error

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
