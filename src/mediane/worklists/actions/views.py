"""Lists kept under a name: one’s own, or everybody’s in the service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mediane.casework.rights import require
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import references, rows
from mediane.kit.once import written_by_page
from mediane.kit.refusal import Refusal
from mediane.worklists import rights, rules
from mediane.worklists.actions.desks import hold_desk
from mediane.worklists.models import SavedView

CHANGED = ("version", "changed_at", "changed_by")


class NotKept(Refusal):
    """Nothing changed."""


@dataclass(frozen=True)
class Said:
    """What a view is called, and for whom."""

    name: str
    is_shared: bool = False


@transaction.atomic
def keep(
    *,
    said: Said,
    asked: dict[str, Any],
    columns: Sequence[str],
    by: Actor,
    at: datetime,
    entry_key: UUID | None = None,
) -> SavedView:
    """Keep a list under a name; the same page sent twice keeps one.

    :raises NotKept: if one has a view of this name, or as many as may be kept.
    :raises AlreadySent: if the page kept another view.
    """
    hold_desk(by)
    page: dict[str, Any] = {"entry_key": entry_key, "organisation_id": by.organisation_id}
    about: dict[str, Any] = {"name": said.name, "is_shared": said.is_shared, "owner_id": by.id}
    if first := written_by_page(SavedView, **page, **about):
        return first
    _require_room(said.name, by)
    view = SavedView(
        **page,
        **about,
        number=references.make(),
        asked=asked,
        columns=list(rules.chosen(columns)),
        changed_at=at,
        changed_by=by.name,
    )
    rows.add(view)
    _note("keep_view", view, by, at)
    return view


@transaction.atomic
def change(*, view: SavedView, said: Said, seen_version: int, by: Actor, at: datetime) -> None:
    """Give a view another name, or share it, or take it back.

    :raises NotKept: if somebody changed or removed it meanwhile, or if its owner has one of this name.
    """
    _hold(view, seen_version, by)
    hold_desk(by, of=view.owner_id)
    others = SavedView.objects.filter(organisation_id=view.organisation_id, owner_id=view.owner_id)
    _require_name(others.exclude(pk=view.pk), said.name)
    view.name, view.is_shared = said.name, said.is_shared
    _write(view, ("name", "is_shared"), by, at)
    _note("change_view", view, by, at)


@transaction.atomic
def replace(
    *,
    view: SavedView,
    asked: dict[str, Any],
    columns: Sequence[str],
    seen_version: int,
    by: Actor,
    at: datetime,
) -> None:
    """Have a view show another list under the same name.

    :raises NotKept: if somebody changed or removed it meanwhile.
    """
    _hold(view, seen_version, by)
    view.asked, view.columns = asked, list(rules.chosen(columns))
    _write(view, ("asked", "columns"), by, at)
    _note("replace_view", view, by, at)


@transaction.atomic
def remove(*, view: SavedView, by: Actor, at: datetime) -> None:
    """Forget a view; removed twice, it is removed."""
    require(rights.may_change(by, view))
    removed, _ = SavedView.objects.filter(pk=view.pk).delete()
    if removed:
        _note("remove_view", view, by, at)


@transaction.atomic
def begin_with(*, view: SavedView | None, by: Actor, at: datetime) -> None:
    """Open the work plan on a view from now on; on all cases when there is none."""
    desk = hold_desk(by)
    desk.begins_with = view.number if view else ""
    rows.change(desk, ("begins_with",))


def _hold(view: SavedView, seen_version: int, by: Actor) -> None:
    require(rights.may_change(by, view))
    try:
        rows.hold(view)
    except SavedView.DoesNotExist as gone:
        raise NotKept("Cette vue vient d’être supprimée.") from gone
    require(rights.may_change(by, view))
    if view.version != seen_version:
        raise NotKept(f"{view.changed_by} vient de changer cette vue\u00a0: relisez-la avant de la changer.")


def _require_room(name: str, by: Actor) -> None:
    mine = SavedView.objects.filter(organisation_id=by.organisation_id, owner_id=by.id)
    _require_name(mine, name)
    if mine.count() >= rules.MOST_VIEWS:
        raise NotKept(
            f"Vous avez déjà {rules.MOST_VIEWS}\u00a0vues enregistrées\u00a0: supprimez-en une d’abord."
        )


def _require_name(others: Any, name: str) -> None:
    if others.filter(name=name).exists():
        raise NotKept(f"Une vue s’appelle déjà «\u00a0{name}\u00a0»\u00a0: choisissez un autre nom.")


def _write(view: SavedView, fields: tuple[str, ...], by: Actor, at: datetime) -> None:
    view.version, view.changed_at, view.changed_by = view.version + 1, at, by.name
    rows.change(view, fields + CHANGED)


def _note(verb: str, view: SavedView, by: Actor, at: datetime) -> None:
    record(verb=verb, subject=("view", view.number), by=by, at=at)
