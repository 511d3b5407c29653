"""The complaints that the Caf’s own register (the GRC) knows, and the facts it is told, as we need them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True)
class KnownComplaint:
    reference: str
    subject: str
    channel: str
    made_on: date
    answered_on: date | None = None


class Fact(StrEnum):
    """Where a request stands: all that the register is ever told of it."""

    REGISTERED = "registered"
    ADMISSIBLE = "admissible"
    INADMISSIBLE = "inadmissible"
    CLOSED = "closed"
    REOPENED = "reopened"


class RegisterUnavailable(Exception):
    """The register gave no answer to rely on: the person declares the complaint instead."""


class RegisterAbsent(Exception):
    """This Caf’s register is not connected."""


class RegisterRefuses(Exception):
    """The register understood a fact and does not take it: telling it again changes nothing."""


class Register(Protocol):
    """The Caf’s relation register. Content never goes there: status facts only."""

    def complaints_of(self, *, organisation_code: str, number: str) -> list[KnownComplaint]:
        """Return the complaints of the past year, newest first.

        :raises RegisterUnavailable: without a sound answer within two seconds.
        :raises RegisterAbsent: when there is nobody to ask.
        """
        ...

    def tell(
        self, *, key: str, organisation_code: str, number: str, reference: str, fact: str, on: date
    ) -> None:
        """Write a status fact beside the person’s contacts. `key` names the fact: told twice, it is one.

        :raises RegisterUnavailable: without an answer; the caller tries again later.
        :raises RegisterRefuses: when the register will not have it.
        :raises RegisterAbsent: when there is nobody to tell: the fact waits for the day there is.
        """
        ...


class NoRegister:
    """A Caf whose register is not connected: nothing is known, nothing is told."""

    def complaints_of(self, *, organisation_code: str, number: str) -> list[KnownComplaint]:
        raise RegisterAbsent

    def tell(
        self, *, key: str, organisation_code: str, number: str, reference: str, fact: str, on: date
    ) -> None:
        raise RegisterAbsent


class Standing(StrEnum):
    """What came of asking the register."""

    ANSWERED = "answered"
    SILENT = "silent"
    ABSENT = "absent"


@dataclass(frozen=True)
class Inquiry:
    """What the register said of a person, if it said anything."""

    standing: Standing
    complaints: tuple[KnownComplaint, ...] = ()

    def named(self, reference: str) -> KnownComplaint | None:
        """The complaint that bears a reference, as somebody typed it."""
        wanted = reference.strip().casefold()
        return next((one for one in self.complaints if wanted and one.reference.casefold() == wanted), None)
