"""Numbers that would point at somebody stay in their Caf, and so do those that would give them away."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from mediane.casework.rules.adoption import SMALLEST

Cell = TypeVar("Cell", bound=Hashable)
PARTS = ("open", "early", "stopped")
Row = dict[str, Any]


def hidden(numbers: Mapping[Cell, int], sums: Iterable[Sequence[Cell]]) -> set[Cell]:
    """The small ones, and the smallest other number of each sum that would leave one to subtraction."""
    groups = [[cell for cell in group if numbers[cell]] for group in sums]
    chosen = {cell for cell, number in numbers.items() if 0 < number < SMALLEST}
    while betrayed := next((group for group in groups if _leaves_one(group, chosen)), None):
        chosen.add(min((cell for cell in betrayed if cell not in chosen), key=lambda cell: numbers[cell]))
    return chosen


def _leaves_one(group: Sequence[Cell], chosen: set[Cell]) -> bool:
    return len(group) > 1 and len(chosen.intersection(group)) == 1


def without_small_numbers(rows: Sequence[Row]) -> None:
    """In a table of tests: across, the parts make the tests; down, the rows make a total told elsewhere."""
    names = ("tests", *PARTS, "returned")
    numbers = {(at, name): row[name] for at, row in enumerate(rows) for name in names}
    across = [[(at, name) for name in ("tests", *PARTS)] for at in range(len(rows))]
    down = [[(at, name) for at in range(len(rows))] for name in names]
    for at, name in hidden(numbers, across + down):
        rows[at][name] = None
        if name != "returned":
            rows[at]["shares"] = None


def column_without_small_numbers(rows: Sequence[Row], name: str, *others: str) -> None:
    """One column, whose sum is told elsewhere; `others` say the same of a row in another way."""
    for at in hidden({at: row[name] for at, row in enumerate(rows)}, [range(len(rows))]):
        rows[at] |= dict.fromkeys((name, *others))
