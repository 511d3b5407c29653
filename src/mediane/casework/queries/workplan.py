"""What the service sees in the morning: true counts in one statement, rows in another."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from mediane.casework.models import Case
from mediane.casework.queries.listed import COLUMNS, Listed
from mediane.casework.rules.deadlines import TO_READ
from mediane.casework.rules.urgency import week_ends
from mediane.casework.states import WAITING, Move, State
from mediane.kit.prepared import kept

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


class Sort(StrEnum):
    """Of open cases; closed ones come newest first. The values are those of the address."""

    DUE = "echeance"
    OLDEST = "anciennes"
    NEWEST = "recentes"


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
    overdue: bool = False

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True)
class Counts:
    """Of every tab over all open cases, and of the groups of the list shown."""

    tabs: dict[Tab, int]
    late: int
    this_week: int
    later: int
    late_everywhere: int
    this_week_everywhere: int
    # What one followed and somebody else merged into another case, until one says that one saw.
    merged_by_others: tuple[str, ...] = ()
    # Closed cases whose person wrote again, until somebody reads it; what left for another Caf is read there.
    written_once_closed: tuple[str, ...] = ()

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
    cases: list[Listed]
    next: Cursor | None


# The number of a case, its reference, the version seen.
Picked = tuple[int, str, int]
# SQL by hand: Django takes longer to write the statements of the list than PostgreSQL to answer them,
# and what is counted and what is shown read the same conditions.
IN_TAB = {
    Tab.ALL: "true",
    Tab.LATE: "due_on < %(today)s",
    Tab.TO_QUALIFY: f"state = '{State.RECEIVED}'",
    Tab.MINE: "assignee_id = ANY(%(mine)s)",
    Tab.UNASSIGNED: "assignee_id IS NULL",
    Tab.AWAITING_PERSON: f"state = '{State.AWAITING_BENEFICIARY}'",
    Tab.AWAITING_DECISION: f"state = '{State.AWAITING_DECISION}'",
    Tab.NEWS: "has_news",
}
WAITS = ", ".join(f"'{state}'" for state in WAITING)
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
    # Of a wait whose date passed; what arrived since is to be read.
    "overdue": f"state IN ({WAITS}) AND due_on < %(today)s AND due_what <> '{TO_READ}'",
}
# The order of a page, and where the next one goes on: that of closed cases, or one of those of open cases.
ORDER: dict[Sort | None, str] = {
    None: "{0}closed_at DESC, {0}reference DESC",
    Sort.DUE: "{0}due_on, {0}reference",
    Sort.OLDEST: "{0}received_on, {0}reference",
    Sort.NEWEST: "{0}received_on DESC, {0}reference DESC",
}
AFTER = "{0} >= %(key)s AND ({0} > %(key)s OR reference > %(reference)s)"
BEFORE = "{0} <= %(key)s AND ({0} < %(key)s OR reference < %(reference)s)"
BEYOND: dict[Sort | None, str] = {
    None: BEFORE.format("closed_at"),
    Sort.DUE: AFTER.format("due_on"),
    Sort.OLDEST: AFTER.format("received_on"),
    Sort.NEWEST: BEFORE.format("received_on"),
}
CUT = """
SELECT id FROM casework_case WHERE organisation_id = %(organisation)s AND closed_at IS {closed}
AND {shown} ORDER BY {order} LIMIT {most}
"""
# The page is cut before anything is joined: on a deep page the planner, which takes the open cases
# of a late date for rare, would join them all and sort.
LISTING = """
SELECT {columns} FROM casework_case c
JOIN people_beneficiary p ON p.id = c.beneficiary_id JOIN referrals_referral r ON r.id = c.referral_id
LEFT JOIN accounts_user u ON u.id = c.assignee_id LEFT JOIN LATERAL (
    SELECT outcome FROM casework_closing WHERE case_id = c.id ORDER BY closed_at DESC LIMIT 1
) e ON true
WHERE c.id IN ({cut}) ORDER BY {order}
""".replace("{columns}", ", ".join(COLUMNS.values()))
# Late, this week, later: the groups of the list shown.
GROUPS = (
    "due_on < %(today)s",
    "due_on BETWEEN %(today)s AND %(sunday)s",
    "due_on > %(sunday)s",
)
COUNTING = """
SELECT {} FROM casework_case WHERE organisation_id = %(organisation)s AND closed_at IS NULL
"""
MERGED_BY_OTHERS = """
ARRAY(SELECT c.reference FROM casework_case c WHERE c.assignee_id = %(user)s AND c.closed_at IS NOT NULL
AND c.state = '{merged}' AND c.has_news AND c.organisation_id = %(organisation)s AND EXISTS (
    SELECT FROM casework_step s WHERE s.case_id = c.id AND s.act = '{merge}' AND s.by_id <> %(user)s
) ORDER BY c.closed_at LIMIT 5)
""".replace("{merged}", State.MERGED).replace("{merge}", Move.MERGE)

WRITTEN_ONCE_CLOSED = """
ARRAY(SELECT reference FROM casework_case WHERE organisation_id = %(organisation)s
AND closed_at IS NOT NULL AND has_news AND state NOT IN ('{merged}', '{transferred}')
ORDER BY closed_at DESC, reference LIMIT 5)
""".replace("{merged}", State.MERGED).replace("{transferred}", State.TRANSFERRED)


def counts(
    *,
    organisation_id: int,
    user_id: int,
    today: date,
    tab: Tab,
    filters: Filters,
    covering: tuple[int, ...] = (),
) -> Counts:
    """One aggregate over the open cases, by their partial index: every tab and the groups shown.

    `covering` are those whom the user replaces today: their cases are among theirs.
    """
    about = values_of(organisation_id, user_id, today, filters, covering)
    shown = conditions_of(tab, about, closed="false")
    counted = [*IN_TAB.values(), *GROUPS[:2], *(f"{shown} AND {group}" for group in GROUPS)]
    counting = [
        *(f"count(*) FILTER (WHERE {one})" for one in counted),
        *(MERGED_BY_OTHERS, WRITTEN_ONCE_CLOSED),
    ]
    with kept() as cursor:
        cursor.execute(COUNTING.format(", ".join(counting)), about)
        *numbers, merged, written = cursor.fetchone()
    late_everywhere, week_everywhere, late, week, later = numbers[len(IN_TAB) :]
    return Counts(
        dict(zip(IN_TAB, numbers, strict=False)),
        late=late,
        this_week=week,
        later=later,
        late_everywhere=late_everywhere,
        this_week_everywhere=week_everywhere,
        merged_by_others=tuple(merged),
        written_once_closed=tuple(written),
    )


def values_of(
    organisation_id: int, user_id: int, today: date, filters: Filters, covering: tuple[int, ...] = ()
) -> dict[str, Any]:
    """What fills the statements: an array of PostgreSQL is a list, and what is not asked is absent."""
    chosen = {name: getattr(filters, name) for name in NARROWED_BY}
    return {
        "organisation": organisation_id,
        "user": user_id,
        "mine": [user_id, *covering],
        "today": today,
        "sunday": week_ends(today),
    } | {name: list(value) if isinstance(value, tuple) else value for name, value in chosen.items() if value}


def conditions_of(tab: Tab, about: dict[str, Any], *, closed: str) -> str:
    narrowed = (condition for name, condition in NARROWED_BY.items() if name in about)
    return " AND ".join([IN_TAB.get(tab, closed), *narrowed])


def page(  # noqa: PLR0913 — all that tells one list from another
    *,
    organisation_id: int,
    user_id: int,
    today: date,
    tab: Tab,
    filters: Filters,
    after: Cursor | None = None,
    sort: Sort = Sort.DUE,
    covering: tuple[int, ...] = (),
) -> Page:
    """One page of a tab, most urgent first unless asked otherwise; closed cases newest first."""
    is_closed = tab == Tab.CLOSED
    place = None if is_closed else sort
    about = values_of(organisation_id, user_id, today, filters, covering)
    shown = conditions_of(tab, about, closed="true")
    if after is not None:
        about |= {"key": after.key, "reference": after.reference}
        shown += f" AND {BEYOND[place]}"
    order = ORDER[place]
    # The planner knows how few rows are wanted: a limit given as a value, it would not count on.
    bounds = {"closed": "NOT NULL" if is_closed else "NULL", "most": PAGE + 1}
    cut = CUT.format(**bounds, shown=shown, order=order.format(""))
    with kept() as cursor:
        cursor.execute(LISTING.format(cut=cut, order=order.format("c.")), about)
        cases = [Listed(*row) for row in cursor.fetchall()]
    if len(cases) <= PAGE:
        return Page(cases, None)
    last = cases[PAGE - 1]
    key = last.due_on if sort == Sort.DUE else last.received_on
    return Page(cases[:PAGE], Cursor(last.closed_at or key, last.reference))


def picked(*, organisation_id: int, references: Iterable[str]) -> list[Picked]:
    """Those of the references that are cases of the Caf, in the order in which rows are locked."""
    rows = Case.objects.of(organisation_id).filter(reference__in=list(references)).order_by("reference")
    return list(rows.values_list("pk", "reference", "version"))
