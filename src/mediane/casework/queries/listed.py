"""A case as one row of a list: plain values, a page of thirty cases would be a hundred objects of Django."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db.models import QuerySet

from mediane.casework.models import Case


@dataclass(slots=True)
class Listed:
    """A case with what a list shows of it, of its person, its request and who follows it."""

    reference: str
    version: int
    channel: str
    received_on: date
    benefits: list[str]
    state: str
    is_urgent: bool
    has_news: bool
    has_draft_reply: bool
    admissible_on: date | None
    due_on: date
    due_what: str
    is_paused: bool
    closed_at: datetime | None
    first_name: str
    last_name: str
    asked: str
    urgency: list[str]
    assignee: str | None
    outcome: str | None


OWN = [field.name for field in fields(Listed)[:14]]
# As Django names each field of `Listed`, and as the statement of the work plan does.
COLUMNS = {name: f"c.{name}" for name in OWN} | {
    "beneficiary__first_name": "p.first_name",
    "beneficiary__last_name": "p.last_name",
    "referral__asked": "r.asked",
    "referral__urgency": "r.urgency",
    "assignee__full_name": "u.full_name",
    "closing__outcome": "e.outcome",
}


def listed(cases: QuerySet[Case]) -> list[Listed]:
    return [Listed(*row) for row in cases.values_list(*COLUMNS)]
