"""What seals what, and what a person should not write in a request."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

SAFE_CONTACT = b"referrals.safe_contact"
# What a safe contact may say besides where: an address kept from everybody else, and no letter at all.
HIDDEN_ADDRESS = "Mon adresse doit rester secrète"
NO_LETTERS = "no_letters"
# Where a person is reached.
WAYS = ("address", "phone", "email")
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


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How a person may be reached, as one request says it, or a word of hers; `account` is how her account
    says it."""

    contact: Mapping[str, str]
    account: Mapping[str, str]
    notice_by_email: bool = True
    receipt_by_email: bool = False
    is_online: bool = True
    # Written by herself, or for her by the service: not by whoever acts under a mandate.
    is_her_own: bool = True
    is_open: bool = True
    said_at: datetime
    # The number of the account it was said from; and, of a word, the accounts it is the word of.
    of: int = 0
    replaces: frozenset[int] = frozenset()

    @property
    def is_secret(self) -> bool:
        return bool(self.contact.get("caution") or self.contact.get(NO_LETTERS))

    @property
    def refuses_email(self) -> bool:
        """Whoever wrote a letter asked for no e-mail by that alone: it refuses nothing."""
        return not self.notice_by_email and (self.is_online or self.is_secret)

    @property
    def holds_elsewhere(self) -> bool:
        """For her other requests too. What a page of the desk typed without a word of danger, or what
        somebody else said under a mandate, is a place for that request alone."""
        return self.is_her_own and (self.is_online or self.is_secret)


def standing(every: Sequence[Wish]) -> list[Wish]:
    """What still holds of all that was said: nothing that a later word of hers, for its account, replaces.

    Whoever said it, and whatever it was: refused, secret, typed at the desk or said under a mandate.
    """
    words = [one for one in every if one.replaces]
    return [
        one
        for one in every
        if not any(one.of in word.replaces and one.said_at < word.said_at for word in words)
    ]


def strictest(own: Wish, others: Sequence[Wish]) -> Wish:
    """How to reach a person about a request, from it and from all her others: danger is not of one request.

    What she refused, or keeps secret, anywhere and at any time, holds until a later word of hers: refusals
    add up. Her word says it for each request that was there, as if it were written in it. Of several places,
    that of an open request comes before a closed one’s, then a secret one, then the last said. Once anything
    is secret, no place counts that was not given as safe.
    """
    every = standing([own, *others])
    account = own.account
    if not any(one is own for one in every):
        own = max((one for one in every if one.replaces), key=lambda one: one.said_at)
    guarding = [one for one in every if one.is_secret]
    surer = [one for one in guarding if one is not own and (one.holds_elsewhere or not own.is_secret)]
    holding = [one for one in every if one.holds_elsewhere or (one is own and not surer)]
    holding.sort(key=lambda one: (one.is_open, one.is_secret, one.holds_elsewhere, one.said_at), reverse=True)
    contact: dict[str, str] = {}
    for one in holding:
        contact |= {way: one.contact[way] for way in WAYS if one.contact.get(way) and way not in contact}
    if hours := dict.fromkeys(one.contact["hours"] for one in holding if one.contact.get("hours")):
        contact["hours"] = "\u00a0; ".join(hours)
    if cautions := [one.contact["caution"] for one in guarding if one.contact.get("caution")]:
        contact["caution"] = HIDDEN_ADDRESS if HIDDEN_ADDRESS in cautions else cautions[0]
    if any(one.contact.get(NO_LETTERS) for one in guarding):
        contact[NO_LETTERS] = "oui"
    refuses_email = any(one.refuses_email for one in every if one is not own)
    return replace(
        own,
        contact=contact,
        account=_account(holding) if guarding else account,
        notice_by_email=own.notice_by_email and not refuses_email,
        receipt_by_email=own.receipt_by_email and not refuses_email,
    )


def _account(holding: Sequence[Wish]) -> Mapping[str, str]:
    """Of whoever keeps something secret, where to reach her when nothing was said: as the account she keeps
    secret says, if any. When somebody else said that it is secret, nowhere: neither the account nor theirs
    is known to be safe."""
    return next((one.account for one in holding if one.is_secret), {})


def carried(wish: Wish) -> dict[str, str]:
    """What goes along with a request to another Caf, which knows neither the others nor their accounts."""
    if not wish.is_secret:
        return dict(wish.contact)
    place = postal_address(wish.contact, wish.account.get("address", ""))
    return {**wish.contact, **({"address": place} if place else {NO_LETTERS: "oui"})}


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
