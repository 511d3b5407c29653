from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from mediane.casework.models import Case
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit.prepared import prepared
from mediane.organisations.queries import by_id


def consult(*, reference: str, by: Actor, at: datetime) -> Case:
    """Open a case of the Caf being worked in, and write the reading in the journal.

    The seam: no screen of the desk finds a case otherwise. Both are of the transaction that the context
    of the Caf lives in: outside of one, no case is found.

    :raises Case.DoesNotExist: for an unknown reference as for another Caf’s.
    """
    found = _of_caf(by.organisation_id, reference)
    if not found:
        raise Case.DoesNotExist
    case = found[0]
    case.organisation = by_id(case.organisation_id)
    record(verb="consult", subject=("case", reference), by=by, at=at, beneficiary_id=case.beneficiary_id)
    return case


@prepared
def _of_caf(organisation_id: int | None, reference: str) -> QuerySet[Case]:
    cases = Case.objects.select_related("beneficiary", "referral", "assignee", "key")
    return cases.filter(organisation=organisation_id, reference=reference)


@transaction.atomic
def consult_own(*, reference: str, by: Actor, at: datetime) -> Case:
    """Open one’s own case, as its beneficiary or under a mandate that covers it.

    :raises Case.DoesNotExist: for an unknown reference as for somebody else’s.
    """
    case = Case.objects.select_related("beneficiary", "referral").get(
        beneficiary=by.beneficiary_id, reference=reference
    )
    case.organisation = by_id(case.organisation_id)
    record(verb="consult_own", subject=("case", reference), by=by, at=at, beneficiary_id=case.beneficiary_id)
    return case
