"""The complaints that the Caf’s own register (the GRC) knows, as we need them."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True)
class KnownComplaint:
    reference: str
    subject: str
    channel: str
    made_on: date
    answered_on: date | None = None


class RegisterUnavailable(Exception):
    """The register did not answer in time: the person declares the complaint instead."""


class Register(Protocol):
    """The Caf’s relation register. Content never goes there: status facts only."""

    def complaints_of(self, *, organisation_code: str, number: str) -> list[KnownComplaint]:
        """Return the complaints of the past year, newest first.

        :raises RegisterUnavailable: without an answer within two seconds.
        """
        ...

    def tell(self, *, organisation_code: str, number: str, reference: str, fact: str, on: date) -> None:
        """Write a status fact (registered, admissible, closed) beside the person’s contacts.

        :raises RegisterUnavailable: without an answer; the caller tries again later.
        """
        ...


class NoRegister:
    """A Caf whose register is not connected: nothing is known, nothing is told."""

    def complaints_of(self, *, organisation_code: str, number: str) -> list[KnownComplaint]:
        return []

    def tell(self, *, organisation_code: str, number: str, reference: str, fact: str, on: date) -> None:
        return None
