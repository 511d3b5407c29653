"""When a mandate runs, whose sign-in it is, and what may not be agreed."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from mediane.kit.text import fold

CONTACT = b"mandates.contact"
NAME_LENGTH = 60
ACTOR_LENGTH = 120  # what the journal keeps of a name
LONGEST = 5 * 366  # days: beyond, a year was mistyped


class State(StrEnum):
    COMING = "coming"
    RUNNING = "running"
    OVER = "over"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Term:
    starts_on: date
    ends_on: date | None
    is_revoked: bool


def state_of(term: Term, day: date) -> State:
    """Both its days count; taken back, it is over at once, whatever its dates."""
    if term.is_revoked:
        return State.REVOKED
    if term.ends_on is not None and day > term.ends_on:
        return State.OVER
    return State.COMING if day < term.starts_on else State.RUNNING


def account_of(email: str, name: str) -> UUID:
    """The print of an address and a name, in any order of its words: a mistyped address opens nothing.

    Slow on purpose, so that nobody finds the address by trying many.
    """
    words = " ".join(sorted(fold(name).split()))
    said = f"{email.strip().casefold()}\n{words}".encode()
    return UUID(bytes=hashlib.scrypt(said, salt=b"mediane.mandates.account", n=2**13, r=8, p=1, dklen=16))


def spoken_for(representative: str, person: str) -> str:
    return f"{representative}, pour {person}"[:ACTOR_LENGTH]


def refused_dates(starts_on: date, ends_on: date | None, today: date) -> str:
    """Why these dates cannot be; nothing when they can."""
    if ends_on is None:
        return ""
    if ends_on < starts_on:
        return "La fin du mandat ne peut pas précéder son début."
    if ends_on < today:
        return "Ce mandat serait déjà terminé\u00a0: vérifiez sa date de fin."
    if (ends_on - today).days > LONGEST:
        return "Choisissez une fin plus proche\u00a0: vérifiez l’année."
    return ""
