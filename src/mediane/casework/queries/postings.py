"""Letters on paper: which way somebody is told, and what waits to be printed."""

from enum import StrEnum
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from mediane.casework.models import Case, DocumentRequest, Hold, Posting
from mediane.casework.queries.reaching import reaching
from mediane.casework.states import RETURNED, Fate, Paper, State
from mediane.documents.queries import opened
from mediane.kit import sealing
from mediane.people.models import Beneficiary
from mediane.referrals.rules import Wish, postal_address

MOST_SHOWN = 100
# The context under which the address a letter left for is sealed; the verb seals with the same.
SENT_TO = b"casework.posting"


class Way(StrEnum):
    """How the person learns that something happened."""

    EMAIL = "email"
    PAPER = "paper"
    SPACE = "space"


def way_to_tell(case: Case) -> Way:
    """By e-mail where it is allowed; else by letter, where one is safe; else in the follow-up space alone."""
    said = reaching(case)
    if notice_address(said):
        return Way.EMAIL
    return Way.PAPER if place_of(said) else Way.SPACE


def place_of(said: Wish) -> str:
    """Where a letter goes; nowhere when none is safe."""
    return postal_address(said.contact, said.account.get("address", ""))


def email_of(said: Wish) -> str:
    """A line break, or a second recipient, is no address: nothing is sent there."""
    given = said.contact.get("email") or said.account.get("email", "")
    try:
        validate_email(given)
    except ValidationError:
        return ""
    return given


def notice_address(said: Wish) -> str:
    """Where a notice goes; nowhere when the person wants none, or no address is known."""
    return email_of(said) if said.notice_by_email else ""


def receipt_waits(case_id: str = "pk") -> Exists:
    """That the acknowledgement of a case is on paper, and nobody has sent it."""
    return Exists(Posting.objects.filter(case=OuterRef(case_id), kind=Paper.RECEIPT, sent_at=None))


def waiting(organisation_id: int) -> tuple[list[Posting], int]:
    """What is still to be printed and sent, oldest first, and how many there are in all."""
    found = _waiting(organisation_id)
    rows = list(found.order_by("prepared_at", "pk")[:MOST_SHOWN])
    return rows, len(rows) if len(rows) < MOST_SHOWN else found.count()


def those_that_left(organisation_id: int) -> tuple[list[Posting], int]:
    """Those that came back and wait for somebody first, then the last that left; and how many there are."""
    found = Posting.objects.filter(organisation_id=organisation_id, sent_at__isnull=False)
    is_back = ExpressionWrapper(Q(fate__in=RETURNED, retold=""), output_field=BooleanField())
    left = found.select_related("case__beneficiary").order_by(is_back.desc(), "-sent_at", "-pk")
    rows = list(left[:MOST_SHOWN])
    return rows, len(rows) if len(rows) < MOST_SHOWN else found.count()


def came_back_from(case: Case, place: str) -> Posting | None:
    """The last letter to the person, about any of her requests, that found nobody at this address."""
    person = case.beneficiary.known_as
    accounts = Beneficiary.objects.filter(Q(pk=person) | Q(merged_into=person))
    back = Posting.objects.filter(
        organisation_id=case.organisation_id, case__beneficiary__in=accounts, fate=Fate.UNKNOWN
    )
    back = back.exclude(kind=Paper.SENDER).select_related("case__key")
    for one in back.order_by("-fate_on", "-pk"):
        if place and sent_to(one) == place:
            return one
    return None


def sent_to(posting: Posting) -> str:
    """The address a letter left for; of one to somebody else, the one they gave."""
    if posting.sealed_to is None:
        return posting.address
    return sealing.unseal(bytes(posting.sealed_to), opened(posting.case.key), context=SENT_TO).decode()


def how_many_wait(organisation_id: int) -> int:
    return _waiting(organisation_id).count()


def _still_asked() -> QuerySet[DocumentRequest]:
    """What came since makes its reminder useless."""
    return DocumentRequest.objects.filter(case=OuterRef("case"), closed_at=None)


def _still_held() -> QuerySet[Hold]:
    return Hold.objects.filter(case=OuterRef("case"), ended_on=None)


def waiting_receipt(case: Case) -> Posting | None:
    return Posting.objects.filter(case=case, kind=Paper.RECEIPT, sent_at=None).first()


def posting_of(case: Case, public_id: UUID) -> Posting:
    """:raises Posting.DoesNotExist: for one of another case."""
    posting = Posting.objects.get(case=case, public_id=public_id)
    posting.case = case
    return posting


def still_stands(posting: Posting) -> bool:
    """Whether there is still a reason to print it."""
    return _waiting(posting.organisation_id).filter(pk=posting.pk).exists()


def _waiting(organisation_id: int) -> QuerySet[Posting]:
    """A closed case has nothing more to acknowledge; what was said of a pair goes with what is still said."""
    stands = (
        Q(kind__in=(Paper.SENDER, Paper.TRANSFERRED, Paper.CANCELLED, Paper.LETTER))
        | Q(kind=Paper.RECEIPT, case__closed_at=None)
        | Q(Exists(_still_asked()), kind=Paper.AWAITED, case__closed_at=None)
        | (Q(Exists(_still_asked())) | Q(Exists(_still_held()))) & Q(kind=Paper.MOVED, case__closed_at=None)
        | Q(kind=Paper.MERGED, case__state=State.MERGED)
        | Q(kind=Paper.SEPARATED) & ~Q(case__state=State.MERGED)
    )
    return Posting.objects.filter(stands, organisation_id=organisation_id, sent_at=None).select_related(
        "case__beneficiary"
    )
