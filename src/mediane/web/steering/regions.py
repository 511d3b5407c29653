"""A hundred Cafs on a telephone: folded by region; one list where they are few, or if asked."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from mediane.kit.text import fold
from mediane.organisations.models import Organisation

Row = TypeVar("Row")
LIST = "liste"  # in an address, in place of a region or of a Caf
FEW = 12


def names(cafs: Iterable[Organisation]) -> list[str]:
    return sorted({caf.region for caf in cafs}, key=fold)


def folded(rows: Iterable[Row], caf_of: Callable[[Row], Organisation]) -> dict[str, list[Row]]:
    """By region, in the order of the alphabet; inside, in the order given."""
    kept = list(rows)
    found: dict[str, list[Row]] = {name: [] for name in names(map(caf_of, kept))}
    for row in kept:
        found[caf_of(row).region].append(row)
    return found
