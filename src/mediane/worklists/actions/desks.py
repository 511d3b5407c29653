"""How somebody likes their work plan: the last choice stands."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mediane.casework.rights import require
from mediane.journal.rules import Actor
from mediane.kit import rows
from mediane.worklists import rights, rules
from mediane.worklists.models import Desk


@transaction.atomic
def choose_columns(*, columns: Sequence[str], by: Actor, at: datetime) -> None:
    """Columns of the work plan and their order; none is the usual ones."""
    desk = hold_desk(by)
    desk.columns = list(rules.chosen(columns)) if columns else []
    rows.change(desk, ("columns",))


@transaction.atomic
def choose_shortcuts(*, is_on: bool, by: Actor, at: datetime) -> None:
    """Whether single keys act: whoever dictates or listens to the page needs them off."""
    desk = hold_desk(by)
    desk.has_shortcuts = is_on
    rows.change(desk, ("has_shortcuts",))


def hold_desk(by: Actor, of: int | None = None) -> Desk:
    """The row of somebody, made the first time and held: what they do twice at once is done in turn.

    `of` is whose views change, when they are a colleague’s.
    """
    require(rights.may_keep(by))
    own = {"organisation_id": by.organisation_id, "user_id": of or by.id}
    Desk.objects.bulk_create([Desk(**own)], ignore_conflicts=True)
    return Desk.objects.select_for_update().get(**own)
