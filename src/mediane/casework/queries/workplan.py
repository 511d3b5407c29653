"""What the service sees in the morning: true counts in one statement, rows in another."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Self

from django.db.models import Count, Q, QuerySet

from mediane.casework.models import Case
from mediane.casework.rules.urgency import week_ends
from mediane.casework.states import State

PAGE = 30
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Tab(StrEnum):
    """The values are those of the address."""

    ALL = "tous"
    LATE = "retard"
    TO_QUALIFY = "a-qualifier"
    MINE = "miens"
    UNASSIGNED = "non-attribues"
    AWAITING_PERSON = "attend-allocataire"
    AWAITING_DECISION = "attend-decision"
    NEWS = "reponses"
    CLOSED = "clos"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the list is narrowed by: codes of the catalogue and dates, never a name."""

    channels: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    assignees: tuple[int, ...] = ()
    since: date | None = None
    until: date | None = None
    urgent: bool = False

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def as_condition(self) -> Q:
        chosen = {
            "channel__in": self.channels,
            "origin__in": self.origins,
            "benefits__overlap": list(self.benefits),
            "grounds__overlap": list(self.grounds),
            "cause__in": self.causes,
            "assignee_id__in": self.assignees,
            "received_on__gte": self.since,
            "received_on__lte": self.until,
            "is_urgent": self.urgent,
        }
        return Q(**{lookup: value for lookup, value in chosen.items() if value})


@dataclass(frozen=True)
class Counts:
    """Of every tab over all open cases, and of the groups of the list shown."""

    tabs: dict[Tab, int]
    late: int
    this_week: int
    later: int
    late_everywhere: int
    this_week_everywhere: int

    @property
    def shown(self) -> int:
        return self.late + self.this_week + self.later


@dataclass(frozen=True)
class Cursor:
    """Where a page ends: its last day or instant, and its last reference."""

    key: date | datetime
    reference: str

    def __str__(self) -> str:
        if isinstance(self.key, datetime):
            return f"{(self.key - EPOCH) // MICROSECOND}.{self.reference}"
        return f"{self.key.isoformat()}.{self.reference}"

    @classmethod
    def read(cls, text: str, *, closed: bool) -> Self | None:
        """None for anything we did not write."""
        head, _, reference = text.partition(".")
        if not reference:
            return None
        if closed:
            is_instant = head.isascii() and head.isdigit() and len(head) <= 16
            return cls(EPOCH + int(head) * MICROSECOND, reference) if is_instant else None
        is_day = len(head) == 10 and head.replace("-", "").isdigit()
        try:
            return cls(date.fromisoformat(head), reference) if is_day else None
        except ValueError:
            return None


@dataclass(frozen=True)
class Page:
    cases: list[Case]
    next: Cursor | None


def conditions(*, user_id: int, today: date) -> dict[Tab, Q]:
    return {
        Tab.ALL: Q(),
        Tab.LATE: Q(due_on__lt=today),
        Tab.TO_QUALIFY: Q(state=State.RECEIVED),
        Tab.MINE: Q(assignee_id=user_id),
        Tab.UNASSIGNED: Q(assignee_id=None),
        Tab.AWAITING_PERSON: Q(state=State.AWAITING_BENEFICIARY),
        Tab.AWAITING_DECISION: Q(state=State.AWAITING_DECISION),
        Tab.NEWS: Q(has_news=True),
    }


def counts(*, organisation_id: int, user_id: int, today: date, tab: Tab, filters: Filters) -> Counts:
    """One aggregate over the open cases, by their partial index."""
    of_tab = conditions(user_id=user_id, today=today)
    shown = of_tab.get(tab, Q(pk=None)) & filters.as_condition()
    late = Q(due_on__lt=today)
    this_week = Q(due_on__gte=today, due_on__lte=week_ends(today))
    numbers = (
        Case.objects.of(organisation_id)
        .filter(closed_at=None)
        .aggregate(
            **{
                tab.name: Count("pk", filter=condition) if condition else Count("pk")
                for tab, condition in of_tab.items()
            },
            late=Count("pk", filter=shown & late),
            this_week=Count("pk", filter=shown & this_week),
            later=Count("pk", filter=shown & Q(due_on__gt=week_ends(today))),
            late_everywhere=Count("pk", filter=late),
            this_week_everywhere=Count("pk", filter=this_week),
        )
    )
    return Counts({tab: numbers.pop(tab.name) for tab in of_tab}, **numbers)


def page(
    *,
    organisation_id: int,
    user_id: int,
    today: date,
    tab: Tab,
    filters: Filters,
    after: Cursor | None = None,
) -> Page:
    """One page of a tab, most urgent first; closed cases newest first."""
    of_caf = Case.objects.of(organisation_id).filter(filters.as_condition())
    if tab == Tab.CLOSED:
        rows = (
            of_caf.filter(closed_at__isnull=False)
            .order_by("-closed_at", "-reference")
            .select_related("closing")
        )
        if after is not None:
            earlier = Q(closed_at__lt=after.key) | Q(reference__lt=after.reference)
            rows = rows.filter(earlier, closed_at__lte=after.key)
    else:
        condition = conditions(user_id=user_id, today=today)[tab]
        rows = of_caf.filter(condition, closed_at=None).most_urgent_first()
        if after is not None:
            beyond = Q(due_on__gt=after.key) | Q(reference__gt=after.reference)
            rows = rows.filter(beyond, due_on__gte=after.key)
    cases = list(with_faces(rows)[: PAGE + 1])
    if len(cases) <= PAGE:
        return Page(cases, None)
    last = cases[PAGE - 1]
    return Page(cases[:PAGE], Cursor(last.closed_at or last.due_on, last.reference))


def with_faces(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Each case with what a row shows of its person, its request and who follows it."""
    return cases.select_related("beneficiary", "referral", "assignee").defer(
        "referral__explanation",
        "referral__answers",
        "referral__safe_contact",
        "referral__typed",
        "beneficiary__postal_address",
        "beneficiary__email",
        "beneficiary__phone",
    )


def picked(*, organisation_id: int, references: Iterable[str]) -> list[str]:
    """Those of the references that are cases of the Caf, in the order in which rows are locked."""
    rows = Case.objects.of(organisation_id).filter(reference__in=list(references))
    return list(rows.order_by("reference").values_list("reference", flat=True))
