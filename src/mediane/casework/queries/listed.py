"""A case as one row of a list: plain values, a page of thirty cases would be a hundred objects of Django."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet

from mediane.casework.models import Case, Closing


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
    origin: str
    grounds: list[str]
    first_name: str
    last_name: str
    asked: str
    assignee: str | None
    outcome: str | None


OWN = [field.name for field in fields(Listed)[:16]]
# As Django names each field of `Listed`, and as the statement of the work plan does.
COLUMNS = {name: f"c.{name}" for name in OWN} | {
    "beneficiary__first_name": "p.first_name",
    "beneficiary__last_name": "p.last_name",
    "referral__asked": "r.asked",
    "assignee__full_name": "u.full_name",
    "outcome": "e.outcome",
}


def as_listed(cases: QuerySet[Case]) -> QuerySet[Case, tuple]:
    """The values of `Listed`; what came of a case is what came of it last."""
    closings = Closing.objects.filter(case=OuterRef("pk")).order_by("-closed_at")
    return cases.annotate(outcome=closings.values("outcome")[:1]).values_list(*COLUMNS)


def listed(cases: QuerySet[Case]) -> list[Listed]:
    return [Listed(*row) for row in as_listed(cases)]
