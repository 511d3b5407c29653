"""How somebody likes their work plan, the views they may open, what they last asked for: one statement."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from mediane.casework.queries.whole_lists import count_each
from mediane.casework.queries.workplan import Filters, Sort, Tab
from mediane.catalogue.models import Benefit, Cause, Channel, Dated, Ground, Origin
from mediane.catalogue.queries import every
from mediane.kit.prepared import kept
from mediane.worklists.models import Operation, SavedView
from mediane.worklists.rules import UNDONE_WITHIN, chosen
from mediane.worklists.states import GOING

LISTS: dict[str, type[Dated]] = {
    "channels": Channel,
    "origins": Origin,
    "benefits": Benefit,
    "grounds": Ground,
    "causes": Cause,
}
DAYS = ("since", "until")
MOST_SHOWN = 60
# By hand: it is read with every work plan, and Django would make three statements of it.
DESK = """
SELECT d.columns, d.has_shortcuts, d.begins_with, (
    SELECT coalesce(jsonb_agg(to_jsonb(v) ORDER BY v.owner_id <> %(user)s, lower(v.name)), '[]') FROM (
        SELECT * FROM worklists_savedview WHERE organisation_id = %(organisation)s
        AND (owner_id = %(user)s OR is_shared) ORDER BY owner_id <> %(user)s, lower(name) LIMIT {most}
    ) v
), (
    SELECT to_jsonb(o) || jsonb_build_object(
        'done', (SELECT count(*) FROM worklists_pick WHERE operation_id = o.id AND fate = 'done'),
        'aside', (SELECT count(*) FROM worklists_pick WHERE operation_id = o.id AND fate = 'left')
    ) FROM (
        SELECT id, number, kind, state, total, to_id, ended_at, asked_at FROM worklists_operation
        WHERE organisation_id = %(organisation)s AND asked_by_id = %(user)s
        ORDER BY asked_at DESC LIMIT 1
    ) o WHERE o.state = ANY(%(going)s) OR o.ended_at > %(recent)s
) FROM (SELECT) one LEFT JOIN worklists_desk d
ON d.organisation_id = %(organisation)s AND d.user_id = %(user)s
""".replace("{most}", str(MOST_SHOWN))


@dataclass(frozen=True)
class Asked:
    """What a view shows, as it may be shown today; `unknown` says in words what is no longer there."""

    tab: Tab
    sort: Sort
    filters: Filters
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeptView:
    """A view somebody may open."""

    number: str
    name: str
    owner_id: int
    is_shared: bool
    version: int
    columns: tuple[str, ...]
    asked: dict[str, Any]


@dataclass(frozen=True)
class Lately:
    """What one did to many cases, a moment ago."""

    number: str
    kind: str
    state: str
    total: int
    done: int
    aside: int
    to_id: int | None


@dataclass(frozen=True)
class OwnDesk:
    columns: tuple[str, ...] = ()
    has_shortcuts: bool = False
    begins_with: str = ""
    views: list[KeptView] = field(default_factory=list)
    lately: Lately | None = None

    def view(self, number: str) -> KeptView | None:
        return next((view for view in self.views if view.number == number), None)


def desk_of(*, organisation_id: int, user_id: int, at: datetime) -> OwnDesk:
    about: Any = {
        "organisation": organisation_id,
        "user": user_id,
        "going": [str(state) for state in GOING],
        "recent": at - UNDONE_WITHIN,
    }
    with kept() as cursor:
        cursor.execute(DESK, about)
        columns, has_shortcuts, begins_with, kept_views, done = cursor.fetchone()
    # Django’s connection hands JSON over as text.
    views, lately = json.loads(kept_views), json.loads(done) if done else None
    return OwnDesk(
        chosen(columns or ()),
        bool(has_shortcuts),
        begins_with or "",
        [_read(KeptView, one | {"columns": tuple(one["columns"])}) for one in views],
        _read(Lately, lately) if lately else None,
    )


def _read(kind: type[Any], told: Mapping[str, Any]) -> Any:
    return kind(**{one.name: told[one.name] for one in fields(kind)})


def view_numbered(organisation_id: int, number: str, user_id: int) -> SavedView | None:
    """None for an unknown view as for a colleague’s own."""
    view = SavedView.objects.filter(organisation_id=organisation_id, number=number).first()
    return view if view and (view.is_shared or view.owner_id == user_id) else None


def stored(tab: Tab, sort: Sort, filters: Filters) -> dict[str, Any]:
    """As a view keeps what it shows; what is not asked is absent."""
    asked: dict[str, Any] = {"tab": str(tab), "sort": str(sort)}
    for one in fields(filters):
        value = getattr(filters, one.name)
        if isinstance(value, date):
            value = value.isoformat()
        if value:
            asked[one.name] = list(value) if isinstance(value, tuple) else value
    return asked


def read_asked(asked: Mapping[str, Any], team: Sequence[int]) -> Asked:
    """What a view asks for, of what still exists: a code or a colleague that left is said, not followed."""
    unknown: list[str] = []
    read: dict[str, Any] = {name: bool(asked.get(name)) for name in ("urgent", "overdue")}
    for name, model in LISTS.items():
        known = every(model)
        read[name] = tuple(code for code in asked.get(name, ()) if code in known)
        gone = [code for code in asked.get(name, ()) if code not in known]
        unknown += [f"«\u00a0{code}\u00a0», qui n’est plus dans la liste" for code in gone]
    members = asked.get("assignees", ())
    read["assignees"] = tuple(one for one in members if one in team)
    if any(one not in team for one in members):
        unknown.append("une personne qui ne fait plus partie de l’équipe")
    for name in DAYS:
        read[name] = date.fromisoformat(asked[name]) if asked.get(name) else None
    tab, sort = asked.get("tab", ""), asked.get("sort", "")
    return Asked(
        Tab(tab) if tab in set(Tab) else Tab.ALL,
        Sort(sort) if sort in set(Sort) else Sort.DUE,
        Filters(**read),
        tuple(unknown),
    )


def counted(
    views: Sequence[Asked],
    *,
    organisation_id: int,
    user_id: int,
    today: date,
    covering: tuple[int, ...] = (),
) -> list[int | None]:
    """Open cases of each view, in one statement; closed ones are not counted, as on the work plan."""
    lists = [(one.tab, one.filters) for one in views if one.tab != Tab.CLOSED]
    numbers = iter(
        count_each(
            organisation_id=organisation_id, user_id=user_id, today=today, lists=lists, covering=covering
        )
    )
    return [None if one.tab == Tab.CLOSED else next(numbers) for one in views]


def operations_of(organisation_id: int, user_id: int, most: int) -> list[Operation]:
    """One’s own, the latest first."""
    mine = Operation.objects.select_related("to").filter(organisation_id=organisation_id, asked_by_id=user_id)
    return list(mine.order_by("-asked_at")[:most])
