"""What jobs read: cases of which somebody is to be told something."""

from datetime import date

from mediane.casework.models import Case
from mediane.casework.rules.deadlines import Kind
from mediane.casework.rules.register_facts import ADMISSIBLE, CLOSING
from mediane.casework.states import OPEN
from mediane.kit import clock


def not_acknowledged(organisation_id: int, *, due_by: date) -> list[Case]:
    """Open cases whose acknowledgement is due by a day, and not sent."""
    return list(
        Case.objects.select_related("organisation")
        .filter(
            organisation_id=organisation_id,
            state__in=OPEN,
            deadlines__kind=Kind.ACKNOWLEDGEMENT,
            deadlines__met_on=None,
            deadlines__due_on__lte=due_by,
        )
        .order_by("pk")
    )


def fact_day(case: Case, fact: str) -> date:
    """The day a status fact became true, at the Caf."""
    if fact == ADMISSIBLE and case.admissible_on is not None:
        return case.admissible_on
    if fact == CLOSING and case.closed_at is not None:
        return clock.day_of(case.closed_at, case.organisation.time_zone)
    return case.received_on
