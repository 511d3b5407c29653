"""Who the demonstration introduces by name, and what each of them has to show."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mediane.kit.text import fold
from mediane.people.actions import Identity

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, kw_only=True)
class Colleague:
    organisation: str
    name: str
    role: str
    title: str
    shows: str
    # Whoever arrived lately has done nothing of what is told.
    is_in_stories: bool = True
    service: str = ""

    @property
    def email(self) -> str:
        host = self.organisation.lower()
        return f"{address(self.name)}@{host if host == 'cnaf' else f'caf{host}'}.invalid"


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Somebody who comes in by the public door."""

    organisation: str
    number: str
    title: str
    first_name: str
    last_name: str
    postal_address: str
    shows: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def identity(self) -> Identity:
        return Identity(
            organisation_code=self.organisation,
            number=self.number,
            title=self.title,
            first_name=self.first_name,
            last_name=self.last_name,
            email=f"{address(self.name)}@courriel.invalid",
            phone=phone(int(self.number)),
            postal_address=self.postal_address,
        )


def read(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@cache
def staff() -> tuple[Colleague, ...]:
    return tuple(Colleague(**row) for row in read("cast")["staff"])


@cache
def people() -> tuple[Guest, ...]:
    return tuple(Guest(**row) for row in read("cast")["people"])


def address(name: str) -> str:
    """« claire.vasseur », of a domain that can never exist."""
    return fold(name).replace(" ", ".")


def phone(seed: int) -> str:
    """In the range that the numbering plan reserves for fiction."""
    return f"06 39 98 {seed // 100 % 100:02} {seed % 100:02}"
