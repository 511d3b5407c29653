"""What jobs read: cases of which somebody is to be told something."""

from datetime import date

from mediane.casework.models import Case
from mediane.casework.queries.postings import receipt_waits
from mediane.casework.rules.deadlines import Kind
from mediane.casework.states import OPEN


def not_acknowledged(organisation_id: int, *, due_by: date) -> list[Case]:
    """Open cases whose acknowledgement is due by a day, and not sent; on paper, somebody sends it."""
    return list(
        Case.objects.select_related("organisation")
        .filter(
            ~receipt_waits(),
            organisation_id=organisation_id,
            state__in=OPEN,
            deadlines__kind=Kind.ACKNOWLEDGEMENT,
            deadlines__met_on=None,
            deadlines__due_on__lte=due_by,
        )
        .order_by("pk")
    )
