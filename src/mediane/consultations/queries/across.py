"""« Qui doit quoi »: what every service owes, the oldest first."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from django.db.models import Count, Q

from mediane.consultations.models import Consultation
from mediane.consultations.queries.desk import PAGE
from mediane.consultations.states import State


class Tab(StrEnum):
    """The values are those of the address."""

    OWED = "attendues"
    LATE = "retard"
    UNREAD = "a-lire"


@dataclass(frozen=True)
class Cursor:
    """Where a page ends: its last date and row."""

    on: date
    pk: int

    def __str__(self) -> str:
        return f"{self.on.isoformat()}.{self.pk}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """None for anything we did not write."""
        head, _, number = text.partition(".")
        if not (number.isascii() and number.isdigit() and len(number) <= 18 and len(head) == 10):
            return None
        try:
            return cls(date.fromisoformat(head), int(number))
        except ValueError:
            return None


@dataclass(frozen=True)
class Page:
    rows: list[Consultation]
    next: Cursor | None


def condition_of(tab: Tab, today: date) -> Q:
    owed = Q(state=State.AWAITED, is_case_open=True)
    if tab is Tab.UNREAD:
        return Q(state=State.ANSWERED, read_at=None)
    return owed & Q(due_on__lt=today) if tab is Tab.LATE else owed


def counts(organisation_id: int, today: date) -> dict[Tab, int]:
    of_each = {tab.name: Count("pk", filter=condition_of(tab, today)) for tab in Tab}
    found = Consultation.objects.of(organisation_id).aggregate(**of_each)
    return {tab: found[tab.name] for tab in Tab}


def page(
    organisation_id: int, *, tab: Tab, today: date, service: str = "", after: Cursor | None = None
) -> Page:
    """The date nearest, or longest past, first."""
    rows = Consultation.objects.of(organisation_id).filter(condition_of(tab, today))
    if service:
        rows = rows.filter(Q(service=service) | Q(body=service))
    if after is not None:
        rows = rows.filter(Q(due_on__gt=after.on) | Q(due_on=after.on, pk__gt=after.pk))
    found = list(rows.select_related("case__beneficiary", "key").order_by("due_on", "pk")[: PAGE + 1])
    if len(found) <= PAGE:
        return Page(found, None)
    return Page(found[:PAGE], Cursor(found[PAGE - 1].due_on, found[PAGE - 1].pk))


def addressees(organisation_id: int) -> list[tuple[str, str]]:
    """Of what is owed or unread: pairs of service and body, one of them empty."""
    waiting = Q(state=State.AWAITED, is_case_open=True) | Q(state=State.ANSWERED, read_at=None)
    rows = Consultation.objects.of(organisation_id).filter(waiting)
    return sorted(set(rows.values_list("service", "body")))
