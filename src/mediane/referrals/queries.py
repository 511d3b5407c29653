import json
from uuid import UUID

from django.db.models import QuerySet

from mediane.documents.models import Document
from mediane.documents.queries import opened
from mediane.kit import sealing
from mediane.kit.prepared import prepared
from mediane.people.models import Beneficiary
from mediane.referrals.models import KeptFile, Referral, ReferralDocument
from mediane.referrals.rules import SAFE_CONTACT, TYPED


def draft_of(beneficiary: Beneficiary) -> Referral | None:
    """The request under way, if any."""
    return next(iter(_drafts(beneficiary.pk)), None)


@prepared
def _drafts(beneficiary_id: int) -> QuerySet[Referral]:
    drafts = Referral.objects.drafts().select_related("complaint", "key")
    return drafts.filter(beneficiary_id=beneficiary_id)


def documents_of(referral: Referral) -> list[Document]:
    return [row.document for row in _joined(referral.pk)]


@prepared
def _joined(referral: int) -> QuerySet[ReferralDocument]:
    return ReferralDocument.objects.select_related("document").filter(referral_id=referral).order_by("pk")


def safe_contact_of(referral: Referral) -> dict[str, str]:
    """Where it is safe to write or call, unsealed: email, phone, address, hours, caution."""
    if not referral.safe_contact:
        return {}
    plain = sealing.unseal(bytes(referral.safe_contact), opened(referral.key), context=SAFE_CONTACT)
    contact: dict[str, str] = json.loads(plain)
    return contact


def entered_on(organisation_id: int, entry_key: UUID) -> Referral | None:
    """The request that a page of the desk entered, if it was sent before."""
    return Referral.objects.filter(organisation_id=organisation_id, entry_key=entry_key).first()


def kept_files(organisation_id: int, entry_key: UUID) -> list[Document]:
    """What a page of the desk has kept so far for the request being entered on it."""
    rows = KeptFile.objects.filter(organisation_id=organisation_id, entry_key=entry_key)
    return [row.document for row in rows.select_related("document__key").order_by("pk")]


def typed_pages(draft: Referral) -> dict[str, dict[str, list[str]]]:
    """What stands on each page being filled, by page then by field."""
    if not draft.typed:
        return {}
    pages: dict[str, dict[str, list[str]]] = json.loads(
        sealing.unseal(bytes(draft.typed), opened(draft.key), context=TYPED)
    )
    return pages


def own_referral(beneficiary: Beneficiary, reference: str) -> Referral | None:
    """A request of this person, sent or not."""
    return next(iter(_own(beneficiary.pk, reference)), None)


@prepared
def _own(beneficiary_id: int, reference: str) -> QuerySet[Referral]:
    return Referral.objects.filter(beneficiary_id=beneficiary_id, reference=reference)
