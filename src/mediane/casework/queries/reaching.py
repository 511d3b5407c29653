"""How to reach a person: what all her requests say of it, whichever is in hand, and her words since."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import JSONObject

from mediane.casework.models import Case, ContactWord
from mediane.casework.states import OPEN, Heard
from mediane.documents.models import SealingKey
from mediane.documents.queries import keyring
from mediane.kit import sealing
from mediane.kit.prepared import prepared
from mediane.people.models import Beneficiary
from mediane.referrals.models import ONLINE, Referral
from mediane.referrals.queries import safe_contact_of
from mediane.referrals.rules import Wish, strictest

# Of whoever wrote nothing: before anything that was said.
NEVER = datetime.min.replace(tzinfo=UTC)
SAID = ("pk", "safe_contact", "notice_by_email", "receipt_by_email", "channel", "mandate_id", "filed_at")
ACCOUNT = {
    "of": "beneficiary_id",
    "address": "beneficiary__postal_address",
    "phone": "beneficiary__phone",
    "email": "beneficiary__email",
}
BESIDE = {"wrapped": "key__wrapped", "state": "case__state", **ACCOUNT}
WORD = ("accounts", "wrapped", "sealed", "notice_by_email", "receipt_by_email", "heard", "said_at", "said_to")
# The context under which a word is sealed; the verb that keeps it seals with the same.
CONTACT_WORD = b"casework.contact_word"


@dataclass(frozen=True, kw_only=True)
class Word(Wish):
    """What a person said since, as kept."""

    heard: Heard
    said_to: str
    note: str = ""


def reaching(case: Case) -> Wish:
    """Where it is safe to write or call about a case; a page of the person reads what her account sees."""
    return how_to_reach(case.beneficiary, case.referral)


def how_to_reach(person: Beneficiary, about: Referral | None) -> Wish:
    """The same, about a request that may not be sent, or that nobody wrote."""
    return read_wishes(person, about, said_of(person=person.known_as))


def read_wishes(person: Beneficiary, about: Referral | None, said: list[dict[str, Any]]) -> Wish:
    filed = {one["pk"]: _wish(one) for one in said if "accounts" not in one}
    own = filed.pop(about.pk, None) if about else None
    return strictest(own or _unsent(person, about), [*filed.values(), *words_among(said)])


def words_among(said: Sequence[dict[str, Any]]) -> list[Word]:
    """The words of the person herself, newest first."""
    words = [_word(one) for one in said if "accounts" in one]
    return sorted(words, key=lambda one: one.said_at, reverse=True)


def wishes_said(person: Any) -> QuerySet[Referral, dict[str, Any]]:
    """For a statement that reads a case, too: every request sent from an account of the person, and every
    word she said since."""
    accounts = Beneficiary.objects.filter(Q(pk=person) | Q(merged_into=person)).values("pk")
    said = JSONObject(**{name: name for name in SAID}, **BESIDE)
    requests = Referral.objects.filed().filter(beneficiary__in=accounts).values_list(said, flat=True)
    # Joined rather than looked up a second time: one table less to plan for.
    hers = Q(beneficiary=person) | Q(beneficiary__merged_into=person)
    kept = JSONObject(**{name: name for name in WORD}, **ACCOUNT)
    return requests.union(ContactWord.objects.filter(hers).values_list(kept, flat=True), all=True)


@prepared
def said_of(*, person: Any) -> QuerySet[Referral, dict[str, Any]]:
    return wishes_said(person)


def _wish(one: dict[str, Any]) -> Wish:
    key, sealed = SealingKey(wrapped=_bytes(one["wrapped"])), one["safe_contact"]
    return Wish(
        contact=safe_contact_of(Referral(key=key, safe_contact=_bytes(sealed) if sealed else None)),
        account={way: one[way] for way in ("address", "phone", "email")},
        notice_by_email=one["notice_by_email"],
        receipt_by_email=one["receipt_by_email"],
        is_online=one["channel"] == ONLINE,
        is_her_own=one["mandate_id"] is None,
        is_open=one["state"] in OPEN,
        said_at=datetime.fromisoformat(one["filed_at"]),
        of=one["of"],
    )


def _word(one: dict[str, Any]) -> Word:
    key = sealing.unwrap(_bytes(one["wrapped"]), keyring())
    contact = json.loads(sealing.unseal(_bytes(one["sealed"]), key, context=CONTACT_WORD))
    return Word(
        note=contact.pop("note", ""),
        contact=contact,
        account={way: one[way] for way in ("address", "phone", "email")},
        notice_by_email=one["notice_by_email"],
        receipt_by_email=one["receipt_by_email"],
        said_at=datetime.fromisoformat(one["said_at"]),
        of=one["of"],
        replaces=frozenset(one["accounts"]),
        heard=Heard(one["heard"]),
        said_to=one["said_to"],
    )


def _unsent(person: Beneficiary, about: Referral | None) -> Wish:
    account = {"address": person.postal_address, "phone": person.phone, "email": person.email}
    if about is None:
        return Wish(contact={}, account=account, said_at=NEVER, of=person.pk)
    return Wish(
        contact=safe_contact_of(about),
        account=account,
        notice_by_email=about.notice_by_email,
        receipt_by_email=about.receipt_by_email,
        is_her_own=about.mandate_id is None,
        said_at=about.saved_at,
        of=person.pk,
    )


def _bytes(text: str) -> bytes:
    """Bytes come out of JSON in hexadecimal, after a prefix of two signs."""
    return bytes.fromhex(text.removeprefix("\\x"))
