"""Lists taken whole, and several lists counted at once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from mediane.casework.queries.workplan import (
    COUNTING,
    NARROWED_BY,
    Filters,
    Picked,
    Tab,
    conditions_of,
    values_of,
)
from mediane.kit.prepared import kept

PICKING = """
SELECT id, reference, version FROM casework_case WHERE organisation_id = %(organisation)s
AND closed_at IS NULL AND {shown} ORDER BY reference LIMIT {most}
"""


def pick_all(
    *,
    organisation_id: int,
    user_id: int,
    today: date,
    tab: Tab,
    filters: Filters,
    most: int,
    covering: tuple[int, ...] = (),
) -> list[Picked]:
    """Every open case of a list, in the order in which rows are locked; one more than `most` is too many."""
    about = values_of(organisation_id, user_id, today, filters, covering)
    shown = conditions_of(tab, about, closed="false")
    with kept() as cursor:
        cursor.execute(PICKING.format(shown=shown, most=most + 1), about)
        return cursor.fetchall()


def count_each(
    *,
    organisation_id: int,
    user_id: int,
    today: date,
    lists: Sequence[tuple[Tab, Filters]],
    covering: tuple[int, ...] = (),
) -> list[int]:
    """How many open cases each list holds: one aggregate for all, over one index."""
    if not lists:
        return []
    values, counted = values_of(organisation_id, user_id, today, Filters(), covering), []
    for rank, (tab, filters) in enumerate(lists):
        about = values_of(organisation_id, user_id, today, filters)
        shown = conditions_of(tab, about, closed="false")
        for name in NARROWED_BY:
            shown = shown.replace(f"%({name})s", f"%({name}{rank})s")
        values |= _ranked(about, rank)
        counted.append(f"count(*) FILTER (WHERE {shown})")
    with kept() as cursor:
        cursor.execute(COUNTING.format(", ".join(counted)), values)
        return list(cursor.fetchone())


def _ranked(about: dict[str, Any], rank: int) -> dict[str, Any]:
    return {f"{name}{rank}": value for name, value in about.items() if name in NARROWED_BY}
