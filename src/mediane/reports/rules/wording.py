"""Numbers as the report writes them, and those it does not tell."""

from decimal import Decimal

from mediane.kit.french import MONTHS, NBSP
from mediane.kit.french import number as in_digits
from mediane.kit.money import euros as in_euros
from mediane.statistics.rules.comparing import percent_in_column, signed, variation

NOT_TOLD, NOT_KNOWN = "masqué", "non connu"


def shown(value: int | None) -> str:
    return NOT_TOLD if value is None else in_digits(value)


def of_year(words: str, is_known: bool) -> str:
    """What is said of a year whose numbers are not given out is not said to be hidden."""
    return words if is_known else NOT_KNOWN


def share(value: Decimal | None) -> str:
    return "–" if value is None else percent_in_column(value)


def euros(cents: int | None) -> str:
    """« 931 618,06 € »."""
    return NOT_TOLD if cents is None else in_euros(Decimal(cents) / 100)


def moved(before: int | None, after: int | None) -> str:
    """« −12,69 % », « +28,22 % »; a dash where nothing can be said."""
    changed = None if before is None or after is None else variation(before, after)
    return "–" if changed is None else signed(changed)


def month(rank: int) -> str:
    """From 1."""
    return MONTHS[rank - 1]


def in_quotes(label: str) -> str:
    return f"«{NBSP}{label}{NBSP}»"
