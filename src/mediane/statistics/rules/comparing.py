"""What changed between two periods, in a French sentence that claims no more than the numbers."""

from decimal import ROUND_HALF_UP, Decimal

from mediane.kit.french import number, plural
from mediane.statistics.rules.figures import HUNDREDTH

NBSP = "\u00a0"
# Under so many requests before, a percentage says more than it knows: the numbers are given instead.
FEWEST_FOR_A_PERCENTAGE = 30
# What moves by less is called stable.
STABLE_PERCENT = Decimal("2")
STABLE_POINTS = Decimal("1")


def variation(before: int, after: int) -> Decimal | None:
    """In percent of what it was, to the hundredth; nothing varies from nothing."""
    if not before:
        return None
    return (Decimal(100 * (after - before)) / before).quantize(HUNDREDTH, ROUND_HALF_UP)


def said(before: int, after: int, *, since: str = "", until: str = "") -> str:
    """The verb and what follows it: « a diminué de 12,69 % entre 2022 et 2023 »; without two periods, where
    the sentence has just named them."""
    between = f" entre {since} et {until}" if since else ""
    if before == after:
        return f"est resté le même{between}, {number(after)}"
    changed = variation(before, after)
    if changed is None or before < FEWEST_FOR_A_PERCENTAGE:
        return f"est passé de {number(before)} à {number(after)}{between}"
    if abs(changed) < STABLE_PERCENT:
        return f"se stabilise{between}{NBSP}: {number(before)} puis {number(after)}"
    verb = "augmenté" if changed > 0 else "diminué"
    return f"a {verb} de {percent(abs(changed))}{between}"


def said_of_a_share(before: Decimal, after: Decimal, *, since: str, until: str) -> str:
    """Of a share, in points: « a perdu 5 points entre 2022 et 2023 ». Points are rounded to the nearest."""
    between, moved = f"entre {since} et {until}", after - before
    if abs(moved) < STABLE_POINTS:
        return f"se stabilise {between}, à {percent(after)}"
    points = int(abs(moved).quantize(Decimal(1), ROUND_HALF_UP))
    verb = "gagné" if moved > 0 else "perdu"
    return f"a {verb} {points}{NBSP}{plural(points, 'point', 'points')} {between}"


def percent(value: Decimal) -> str:
    """« 12,69 % », « 45 % », « 13,8 % »: no zero that says nothing."""
    shown = f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return f"{shown.replace('.', ',')}{NBSP}%"


def percent_in_column(value: Decimal) -> str:
    """Two decimals whatever they are, one under the other: « 4,70 % »."""
    return f"{value.quantize(HUNDREDTH, ROUND_HALF_UP)}".replace(".", ",") + f"{NBSP}%"


def signed(changed: Decimal) -> str:
    """« +28,22 % », « −12,69 % », « 0 % »."""
    sign = "+" if changed > 0 else "−" if changed < 0 else ""
    return f"{sign}{percent(abs(changed))}"


def peaks(months: list[int]) -> list[int]:
    """The months, from 1, that stand clearly above the year: local tops over the mean by a fifth."""
    if not any(months):
        return []
    mean = Decimal(sum(months)) / len(months)
    around = [0, *months, 0]
    tops = [
        rank
        for rank in range(1, len(months) + 1)
        if around[rank] > around[rank - 1] and around[rank] >= around[rank + 1]
    ]
    return [rank for rank in tops if around[rank] >= mean * Decimal("1.2")]
