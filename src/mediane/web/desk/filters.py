"""The filters of the work plan, in its address and as the chips that show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.crypto import salted_hmac

from mediane.casework.queries.workplan import Filters, Sort, Tab
from mediane.catalogue.models import Benefit, Cause, Channel, Dated, Ground, Origin
from mediane.catalogue.queries import every
from mediane.kit.french import long_date
from mediane.organisations.models import Membership

# name in the address: (field, words, list of the catalogue)
LISTS: dict[str, tuple[str, str, type[Dated]]] = {
    "canal": ("channels", "Canal", Channel),
    "origine": ("origins", "Origine", Origin),
    "prestation": ("benefits", "Prestation", Benefit),
    "motif": ("grounds", "Motif", Ground),
    "cause": ("causes", "Cause", Cause),
}
DATES = {"depuis": ("since", "Reçues depuis"), "jusqu-au": ("until", "Reçues jusqu’au")}
PERSON, URGENT, OVERDUE, VIEW, AFTER = "suivi-par", "urgence", "attente-depassee", "vue", "apres"
SORT, SAVED = "tri", "liste"


@dataclass(frozen=True)
class Place:
    """Beside what narrows a list: its tab, its order, the saved view it was opened from."""

    tab: Tab = Tab.ALL
    sort: Sort = Sort.DUE
    saved: str = ""


@dataclass(frozen=True)
class Menu:
    """A chip that opens on choices."""

    name: str
    label: str
    options: list[tuple[str, str]]


@dataclass(frozen=True)
class Active:
    """A chip that shows what is chosen, and takes it away."""

    label: str
    value: str
    href: str
    held: list[tuple[str, str]]


@dataclass(frozen=True)
class Bar:
    menus: list[Menu]
    active: list[Active]
    has_dates: bool
    has_urgency: bool
    has_overdue: bool
    clear_href: str


def mark_of(member: Membership) -> str:
    """A member of the team in an address: neither a name nor a number."""
    return salted_hmac("mediane.desk.filters", str(member.user_id)).hexdigest()[:8]


def read(sent: QueryDict, team: Sequence[Membership]) -> Filters:
    """What the address asks for; what we did not write there is left out."""
    chosen: dict[str, Any] = {
        field: tuple(code for code in sent.getlist(name) if code in every(model))
        for name, (field, _, model) in LISTS.items()
    }
    marks = {mark_of(member): member.user_id for member in team}
    chosen["assignees"] = tuple(marks[mark] for mark in sent.getlist(PERSON) if mark in marks)
    for name, (field, _) in DATES.items():
        chosen[field] = _day(sent.get(name, ""))
    return replace(Filters(urgent=URGENT in sent, overdue=OVERDUE in sent), **chosen)


def read_tab(sent: Mapping[str, str]) -> Tab:
    wanted = sent.get(VIEW, "")
    return Tab(wanted) if wanted in set(Tab) else Tab.ALL


def read_place(sent: Mapping[str, str]) -> Place:
    wanted = sent.get(SORT, "")
    return Place(read_tab(sent), Sort(wanted) if wanted in set(Sort) else Sort.DUE, sent.get(SAVED, "")[:9])


def query(filters: Filters, team: Sequence[Membership], place: Place, *, after: str = "") -> str:
    """The address of a list: « ?vue=retard&canal=ONLINE ». It always says which tab: an address that says
    nothing is that of the view one begins with."""
    pairs = [(VIEW, str(place.tab)), *_held(filters, team)]
    told = {SORT: str(place.sort) if place.sort != Sort.DUE else "", SAVED: place.saved, AFTER: after}
    pairs += [(name, value) for name, value in told.items() if value]
    return f"?{urlencode(pairs)}"


def bar(filters: Filters, team: Sequence[Membership], place: Place) -> Bar:
    active, menus = [], []
    for name, (field, label, model) in LISTS.items():
        codes = getattr(filters, field)
        if codes:
            words = ", ".join(every(model)[code].label for code in codes)
            active.append(_active(label, words, _without(filters, field), filters, team, place))
        else:
            menus.append(Menu(name, label, [(row.code, row.label) for row in every(model).values()]))
    if filters.assignees:
        names = ", ".join(m.user.full_name for m in team if m.user_id in filters.assignees)
        active.append(_active("Suivi par", names, replace(filters, assignees=()), filters, team, place))
    else:
        menus.append(Menu(PERSON, "Suivi par", [(mark_of(member), member.user.full_name) for member in team]))
    for field, label in DATES.values():
        on: date | None = getattr(filters, field)
        if on:
            active.append(_active(label, long_date(on), _without(filters, field), filters, team, place))
    if filters.urgent:
        active.append(_active("Urgence", "oui", replace(filters, urgent=False), filters, team, place))
    if filters.overdue:
        active.append(
            _active("Attente dépassée", "oui", replace(filters, overdue=False), filters, team, place)
        )
    return Bar(
        menus=menus,
        active=active,
        has_dates=bool(filters.since and filters.until),
        has_urgency=filters.urgent,
        has_overdue=filters.overdue,
        clear_href=query(Filters(), team, place) if filters else "",
    )


def _without(filters: Filters, field: str) -> Filters:
    nothing: dict[str, Any] = {field: getattr(Filters(), field)}
    return replace(filters, **nothing)


def _active(
    label: str, value: str, without: Filters, filters: Filters, team: Sequence[Membership], place: Place
) -> Active:
    kept = _held(without, team)
    held = [pair for pair in _held(filters, team) if pair not in kept]
    return Active(label, value, query(without, team, place), held)


def _held(filters: Filters, team: Sequence[Membership]) -> list[tuple[str, str]]:
    pairs = [(name, code) for name, (field, _, _) in LISTS.items() for code in getattr(filters, field)]
    pairs += [(PERSON, mark_of(member)) for member in team if member.user_id in filters.assignees]
    pairs += [(name, on.isoformat()) for name, (field, _) in DATES.items() if (on := getattr(filters, field))]
    if filters.urgent:
        pairs.append((URGENT, "1"))
    if filters.overdue:
        pairs.append((OVERDUE, "1"))
    return pairs


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
