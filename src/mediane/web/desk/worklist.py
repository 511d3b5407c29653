"""What a work plan shows beside its rows: saved views, order, columns, what changed, what one just did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mediane.casework.queries.workplan import Filters, Sort, Tab
from mediane.kit.french import count, join
from mediane.organisations.models import Membership
from mediane.web.desk import filters as addresses
from mediane.web.desk.filters import Place
from mediane.worklists.queries.desks import Asked, KeptView, Lately, OwnDesk, read_asked
from mediane.worklists.rules import COLUMNS, Changes
from mediane.worklists.states import Kind, State

CLASSES = {"benefit": "m-work__benefit", "assignee": "m-work__person"}
SORTS = {
    Sort.DUE: "Échéance la plus proche",
    Sort.OLDEST: "Demandes les plus anciennes",
    Sort.NEWEST: "Demandes les plus récentes",
}
CAPTIONS = {
    Sort.DUE: "Dossiers ouverts, du plus urgent au moins urgent",
    Sort.OLDEST: "Dossiers ouverts, du plus ancien au plus récent",
    Sort.NEWEST: "Dossiers ouverts, du plus récent au plus ancien",
}


@dataclass(frozen=True)
class ShownView:
    number: str
    name: str
    href: str
    is_current: bool
    is_shared: bool


def heads(columns: Sequence[str], tab: Tab) -> list[dict[str, str]]:
    """The columns after those that are always there; the date of a closed case is that of its closing."""
    labels = COLUMNS | ({"due": "Clôture"} if tab == Tab.CLOSED else {})
    return [{"name": name, "text": labels[name], "class": CLASSES.get(name, "")} for name in columns]


def address_of(view: KeptView, team: Sequence[Membership]) -> str:
    asked = read_asked(view.asked, [member.user_id for member in team])
    return addresses.query(asked.filters, team, Place(asked.tab, asked.sort, view.number))


def views_bar(desk: OwnDesk, team: Sequence[Membership], place: Place, filters: Filters) -> dict[str, Any]:
    """The views one may open, and what there is to say of the one that is open."""
    current = desk.view(place.saved) if place.saved else None
    asked = read_asked(current.asked, [member.user_id for member in team]) if current else None
    return {
        "views": [
            ShownView(one.number, one.name, address_of(one, team), one is current, one.is_shared)
            for one in desk.views
        ],
        "current": current,
        "gone": bool(place.saved) and current is None,
        "unknown": asked.unknown if asked else (),
        "is_changed": asked is not None and replace(asked, unknown=()) != _now(place, filters),
        "sorts": [
            (words, addresses.query(filters, team, replace(place, sort=sort)), sort == place.sort)
            for sort, words in SORTS.items()
        ],
        "sort": SORTS[place.sort],
        "order": str(place.sort) if place.sort != Sort.DUE else "",
    }


def _now(place: Place, filters: Filters) -> Asked:
    return Asked(place.tab, place.sort, filters)


def changed(changes: Mapping[str, Changes]) -> dict[str, str]:
    """In words, by reference; a case where nothing changed has none."""
    told = {reference: in_words(one) for reference, one in changes.items()}
    return {reference: words for reference, words in told.items() if words}


def in_words(one: Changes) -> str:
    """« Modifié depuis votre visite : 2 messages, 1 document »."""
    if one.never_opened:
        return "Attribué à vous, jamais ouvert"
    if not one:
        return ""
    parts = [
        count(one.messages, "message", "messages") if one.messages else "",
        count(one.documents, "document", "documents") if one.documents else "",
    ]
    said = [part for part in parts if part]
    if one.others:
        words = ("autre changement", "autres changements") if said else ("changement", "changements")
        said.append(count(one.others, *words))
    return f"Modifié depuis votre visite\u00a0: {', '.join(said)}"


def lately(one: Lately | None, team: Sequence[Membership]) -> str:
    """What one just did to many cases: « 3 dossiers attribués à Nadia Pruvost »."""
    if one is None:
        return ""
    if one.state in (State.RUNNING, State.UNDOING):
        return f"{Kind(one.kind).label} de {count(one.total, 'dossier', 'dossiers')}\u00a0: en cours"
    if one.state == State.UNDONE:
        return "Attribution annulée"
    to = next((member.user.full_name for member in team if member.user_id == one.to_id), "")
    said = {
        Kind.ASSIGN: count(one.done, "dossier attribué", "dossiers attribués") + (f" à {to}" if to else ""),
        Kind.REMIND: count(one.done, "personne relancée", "personnes relancées"),
        Kind.EXPORT: f"Feuille de {count(one.done, 'dossier', 'dossiers')} prête",
    }[Kind(one.kind)]
    aside = count(one.aside, "laissé de côté", "laissés de côté") if one.aside else ""
    return join([said, aside]) if aside else said
