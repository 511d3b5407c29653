"""How to reach a person: what all her requests say of it, whichever is in hand."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import JSONObject

from mediane.casework.models import Case
from mediane.casework.states import OPEN
from mediane.documents.models import SealingKey
from mediane.kit.prepared import prepared
from mediane.people.models import Beneficiary
from mediane.referrals.models import ONLINE, Referral
from mediane.referrals.queries import safe_contact_of
from mediane.referrals.rules import Wish, strictest

# Of whoever wrote nothing: before anything that was said.
NEVER = datetime.min.replace(tzinfo=UTC)
SAID = ("pk", "safe_contact", "notice_by_email", "receipt_by_email", "channel", "mandate_id", "filed_at")
BESIDE = {
    "wrapped": "key__wrapped",
    "state": "case__state",
    "address": "beneficiary__postal_address",
    "phone": "beneficiary__phone",
    "email": "beneficiary__email",
}


def reaching(case: Case) -> Wish:
    """Where it is safe to write or call about a case; a page of the person reads what her account sees."""
    return how_to_reach(case.beneficiary, case.referral)


def how_to_reach(person: Beneficiary, about: Referral | None) -> Wish:
    """The same, about a request that may not be sent, or that nobody wrote."""
    return read_wishes(person, about, said_of(person=person.known_as))


def read_wishes(person: Beneficiary, about: Referral | None, said: list[dict[str, Any]]) -> Wish:
    filed = {one["pk"]: _wish(one) for one in said}
    own = filed.pop(about.pk, None) if about else None
    return strictest(own or _unsent(person, about), list(filed.values()))


def wishes_said(person: Any) -> QuerySet[Referral, dict[str, Any]]:
    """For a statement that reads a case, too: every request sent from an account of the person."""
    accounts = Beneficiary.objects.filter(Q(pk=person) | Q(merged_into=person)).values("pk")
    said = JSONObject(**{name: name for name in SAID}, **BESIDE)
    return Referral.objects.filed().filter(beneficiary__in=accounts).values_list(said, flat=True)


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
    )


def _unsent(person: Beneficiary, about: Referral | None) -> Wish:
    account = {"address": person.postal_address, "phone": person.phone, "email": person.email}
    if about is None:
        return Wish(contact={}, account=account, said_at=NEVER)
    return Wish(
        contact=safe_contact_of(about),
        account=account,
        notice_by_email=about.notice_by_email,
        receipt_by_email=about.receipt_by_email,
        is_her_own=about.mandate_id is None,
        said_at=about.saved_at,
    )


def _bytes(text: str) -> bytes:
    """Bytes come out of JSON in hexadecimal, after a prefix of two signs."""
    return bytes.fromhex(text.removeprefix("\\x"))
