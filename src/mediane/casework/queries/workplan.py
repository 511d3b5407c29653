"""What the service sees in the morning: true counts in one statement, rows in another."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from django.db import connection
from django.db.models import Q, QuerySet

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
    outcome: str | None = None


# In the order of the fields of `Listed`.
COLUMNS = (
    *(field.name for field in fields(Listed)[:14]),
    "beneficiary__first_name",
    "beneficiary__last_name",
    "referral__asked",
    "referral__urgency",
    "assignee__full_name",
)


@dataclass(frozen=True)
class Page:
    cases: list[Listed]
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


# The same conditions for counting: SQL, since Django takes longer to write this statement than
# PostgreSQL to answer it.
IN_TAB = {
    Tab.ALL: "true",
    Tab.LATE: "due_on < %(today)s",
    Tab.TO_QUALIFY: f"state = '{State.RECEIVED}'",
    Tab.MINE: "assignee_id = %(user)s",
    Tab.UNASSIGNED: "assignee_id IS NULL",
    Tab.AWAITING_PERSON: f"state = '{State.AWAITING_BENEFICIARY}'",
    Tab.AWAITING_DECISION: f"state = '{State.AWAITING_DECISION}'",
    Tab.NEWS: "has_news",
}
NARROWED_BY = {
    "channels": "channel = ANY(%(channels)s)",
    "origins": "origin = ANY(%(origins)s)",
    "benefits": "benefits && %(benefits)s",
    "grounds": "grounds && %(grounds)s",
    "causes": "cause = ANY(%(causes)s)",
    "assignees": "assignee_id = ANY(%(assignees)s)",
    "since": "received_on >= %(since)s",
    "until": "received_on <= %(until)s",
    "urgent": "is_urgent",
}
COUNTING = """
SELECT CASE WHEN due_on < %(today)s THEN 'late' WHEN due_on <= %(sunday)s THEN 'this_week' ELSE 'later' END,
{tabs}, count(*) FILTER (WHERE {shown})
FROM casework_case WHERE organisation_id = %(organisation)s AND closed_at IS NULL GROUP BY 1
""".replace("{tabs}", ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in IN_TAB.values()))


def counts(*, organisation_id: int, user_id: int, today: date, tab: Tab, filters: Filters) -> Counts:
    """One aggregate over the open cases, by their partial index: every tab and the list shown, by group."""
    chosen = {name: _as_parameter(getattr(filters, name)) for name in NARROWED_BY}
    shown = [IN_TAB.get(tab, "false"), *(NARROWED_BY[name] for name, value in chosen.items() if value)]
    about: dict[str, Any] = {
        "organisation": organisation_id,
        "user": user_id,
        "today": today,
        "sunday": week_ends(today),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTING.replace("{shown}", " AND ".join(shown)), about | chosen)
        groups = {group: numbers for group, *numbers in cursor.fetchall()}
    nothing = [0] * (len(IN_TAB) + 1)
    late, week, later = (groups.get(name, nothing) for name in ("late", "this_week", "later"))
    return Counts(
        {tab: late[place] + week[place] + later[place] for place, tab in enumerate(IN_TAB)},
        late=late[-1],
        this_week=week[-1],
        later=later[-1],
        late_everywhere=late[0],
        this_week_everywhere=week[0],
    )


def _as_parameter(value: Any) -> Any:
    """An array of PostgreSQL is a list."""
    return list(value) if isinstance(value, tuple) else value


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
        order = ("-closed_at", "-reference")
        rows = of_caf.filter(closed_at__isnull=False)
        if after is not None:
            earlier = Q(closed_at__lt=after.key) | Q(reference__lt=after.reference)
            rows = rows.filter(earlier, closed_at__lte=after.key)
    else:
        condition = conditions(user_id=user_id, today=today)[tab]
        order = ("due_on", "reference")
        rows = of_caf.filter(condition, closed_at=None)
        if after is not None:
            beyond = Q(due_on__gt=after.key) | Q(reference__gt=after.reference)
            rows = rows.filter(beyond, due_on__gte=after.key)
    # The page is cut before anything is joined: on a deep page the planner, which takes the open
    # cases of a late date for rare, would join them all and sort.
    shown = rows.order_by(*order).values("pk")[: PAGE + 1]
    cases = listed(Case.objects.filter(pk__in=shown).order_by(*order), with_outcome=tab == Tab.CLOSED)
    if len(cases) <= PAGE:
        return Page(cases, None)
    last = cases[PAGE - 1]
    return Page(cases[:PAGE], Cursor(last.closed_at or last.due_on, last.reference))


def listed(cases: QuerySet[Case], *, with_outcome: bool) -> list[Listed]:
    """Plain values: a page of thirty cases would be a hundred objects of Django."""
    columns = (*COLUMNS, "closing__outcome") if with_outcome else COLUMNS
    return [Listed(*row) for row in cases.values_list(*columns)]


def picked(*, organisation_id: int, references: Iterable[str]) -> list[str]:
    """Those of the references that are cases of the Caf, in the order in which rows are locked."""
    rows = Case.objects.of(organisation_id).filter(reference__in=list(references))
    return list(rows.order_by("reference").values_list("reference", flat=True))
