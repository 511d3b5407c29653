import logging

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from mediane.complaints.models import Failure, StatusFact
from mediane.complaints.rules import (
    Inquiry,
    NoRegister,
    Register,
    RegisterAbsent,
    RegisterUnavailable,
    Standing,
)
from mediane.people.models import Beneficiary

log = logging.getLogger(__name__)
MOST_AT_ONCE = 5000
MOST_SHOWN = 100


def register() -> Register:
    """The register named by the setting COMPLAINT_REGISTER."""
    chosen: Register = import_string(settings.COMPLAINT_REGISTER)()
    return chosen


def ask_register(beneficiary: Beneficiary) -> Inquiry:
    """Ask for the person’s complaints. Holds no lock; leaves the database alone; never fails."""
    try:
        known = register().complaints_of(
            organisation_code=beneficiary.organisation.code, number=beneficiary.number
        )
    except RegisterAbsent:
        return Inquiry(Standing.ABSENT)
    except RegisterUnavailable as error:
        log.warning("the register gave no answer: %s", error)
        return Inquiry(Standing.SILENT)
    return Inquiry(Standing.ANSWERED, tuple(known))


def facts_to_tell(organisation_id: int, reference: str) -> list[StatusFact]:
    """What is still to be told of a case, in the order in which it became true."""
    return list(_to_tell(organisation_id).filter(reference=reference).order_by("pk"))


def references_to_tell(organisation_id: int) -> list[str]:
    """The cases of a Caf of which something is still to be told, the longest waiting first."""
    waiting = _to_tell(organisation_id).order_by("pk").values_list("reference", flat=True)[:MOST_AT_ONCE]
    return list(dict.fromkeys(waiting))


def untold(organisation_id: int) -> tuple[list[StatusFact], int]:
    """What the register does not know yet, the longest waiting first, as far as a page shows; how many."""
    waiting = _untold(organisation_id)
    return list(waiting.order_by("pk")[:MOST_SHOWN]), waiting.count()


def is_connected() -> bool:
    return f"{NoRegister.__module__}.{NoRegister.__qualname__}" != settings.COMPLAINT_REGISTER


def _to_tell(organisation_id: int) -> QuerySet[StatusFact]:
    """What was refused is put aside: told again only when somebody asks."""
    return _untold(organisation_id).exclude(failure=Failure.REFUSED)


def _untold(organisation_id: int) -> QuerySet[StatusFact]:
    facts = StatusFact.objects.select_related("beneficiary", "organisation")
    return facts.filter(organisation_id=organisation_id, told_at=None)
