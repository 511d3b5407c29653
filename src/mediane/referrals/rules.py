"""What seals what, and what a person should not write in a request."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

SAFE_CONTACT = b"referrals.safe_contact"
# What a safe contact may say besides where: an address kept from everybody else, and no letter at all.
HIDDEN_ADDRESS = "Mon adresse doit rester secrète"
NO_LETTERS = "no_letters"
TYPED = b"referrals.typed"

# A social-security number: 13 symbols, or 15 with its key, however they are spaced. Corsica has 2A and 2B.
_GAP = r"[\s.\-\u00a0\u202f]?"
_NIR = re.compile(rf"(?<!\d)[12](?:{_GAP}\d){{4}}{_GAP}(?:\d{_GAP}\d|2{_GAP}[abAB])(?:{_GAP}\d){{6,8}}(?!\d)")

NOON = time(12)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """How a request reached the Caf by another door than the online one.

    `received_on` is the day it arrived, which the legal delays run from; `entry_key` is of the page it is
    entered on, so that a page sent twice enters it once.
    """

    channel: str
    origin: str
    received_on: date
    entry_key: UUID


def received_at(received_on: date | None, entered_at: datetime, time_zone: str) -> datetime:
    """The moment to sort by: of an earlier day nobody knows the hour, so its noon stands for it."""
    zone = ZoneInfo(time_zone)
    if received_on is None or received_on == entered_at.astimezone(zone).date():
        return entered_at
    return datetime.combine(received_on, NOON, zone)


def postal_address(contact: Mapping[str, str], account: str) -> str:
    """Where letters go; nowhere, when the person said that none is safe."""
    return "" if contact.get(NO_LETTERS) else contact.get("address") or account


def told_elsewhere(contact: Mapping[str, str], account: Mapping[str, str], *, by_email: bool) -> list[str]:
    """How another body may reach the person: no way she closed, no address she keeps secret."""
    # Whoever gives a caution gave the only ways there are.
    known = contact if contact.get("caution") else {**account, **contact}
    kept = {"address"} if contact.get(NO_LETTERS) or contact.get("caution") == HIDDEN_ADDRESS else set()
    kept |= set() if by_email else {"email"}
    ways = ("address", "phone", "email", "hours", "caution")
    told = [known[way] for way in ways if known.get(way) and way not in kept]
    return [*told, "pas de lettre par la poste"] if contact.get(NO_LETTERS) else told


def holds_social_security_number(text: str) -> bool:
    """Whether something in the text looks like one. We have no right to keep it (decree 2019-341)."""
    return _NIR.search(text) is not None


def without_social_security_number(text: str) -> str:
    return _NIR.sub("[numéro retiré]", text)
