"""What a figure is: numbers by value with their shares, days, or sums of money."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from mediane.statistics.rules.counts import Counts
from mediane.statistics.states import Axis, Population

Counted = Mapping[Population, Counts]
HUNDREDTH = Decimal("0.01")
# Values that say « nothing of the list »: they come after the others, and no sentence makes them the first.
UNNAMED = frozenset({"OTHER", "NONE", "autre"})


def ranked(numbers: Mapping[str, int]) -> list[tuple[str, int]]:
    """The largest first; what the list does not name, last."""
    return sorted(numbers.items(), key=lambda item: (item[0] in UNNAMED, -item[1], item[0]))


@dataclass(frozen=True)
class Line:
    """How many, and their share of the whole in percent, to the hundredth; None where there is no whole."""

    code: str
    number: int
    share: Decimal | None = None


@dataclass(frozen=True)
class Split:
    """Numbers by value, as `ranked`; `base` is what shares are of. Several values a request may be
    counted: shares then add up to more than a hundred."""

    lines: tuple[Line, ...]
    base: int

    def of(self, code: str) -> Line:
        return next((line for line in self.lines if line.code == code), Line(code, 0, share(0, self.base)))


@dataclass(frozen=True)
class Spread:
    """Days: half of the requests took `median` or fewer, nine in ten took `ninth_decile` or fewer."""

    number: int
    median: int | None
    ninth_decile: int | None


@dataclass(frozen=True)
class Sums:
    """Money by kind, in cents, never added up between kinds."""

    lines: tuple[Line, ...]

    def of(self, code: str) -> int:
        return next((line.number for line in self.lines if line.code == code), 0)


@dataclass(frozen=True)
class Medians:
    """Days by value: the number in which half of its answers came."""

    lines: tuple[Line, ...]

    def of(self, code: str) -> int | None:
        return next((line.number for line in self.lines if line.code == code), None)


Figure = Split | Spread | Sums | Medians


def number(counted: Counted, population: Population, axis: Axis = Axis.ALL, value: str = "") -> int:
    return counted.get(population, {}).get(axis, {}).get(value, 0)


def share(part: int, whole: int) -> Decimal | None:
    """In percent, to the hundredth, halves up; nothing is a share of nothing."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(HUNDREDTH, ROUND_HALF_UP)


def split(counted: Counted, axis: Axis, *populations: Population, known_only: bool = False) -> Split:
    """By the values of an axis, over one population or several; of all its requests, or of those whose
    value is known."""
    numbers: dict[str, int] = {}
    for population in populations:
        for value, found in counted.get(population, {}).get(axis, {}).items():
            numbers[value] = numbers.get(value, 0) + found
    known = Axis.KNOWN_GROUND if known_only else Axis.ALL
    base = sum(sum(counted.get(population, {}).get(known, {}).values()) for population in populations)
    return Split(tuple(Line(value, found, share(found, base)) for value, found in ranked(numbers)), base)


def split_of_known(counted: Counted, axis: Axis, *populations: Population) -> Split:
    """By the values of an axis that has one a request at most: shares are of those that have one."""
    found = split(counted, axis, *populations)
    base = sum(line.number for line in found.lines)
    return Split(tuple(Line(line.code, line.number, share(line.number, base)) for line in found.lines), base)


def spread(counted: Counted, axis: Axis, *populations: Population) -> Spread:
    """Exact, over any period: each number of days was counted."""
    days: dict[int, int] = {}
    for population in populations:
        for value, found in counted.get(population, {}).get(axis, {}).items():
            days[int(value)] = days.get(int(value), 0) + found
    total = sum(days.values())
    return Spread(total, _reached(days, total, 50), _reached(days, total, 90))


def _reached(days: Mapping[int, int], total: int, percent: int) -> int | None:
    """The fewest days in which so many in a hundred had ended."""
    reached = 0
    for day in sorted(days):
        reached += days[day]
        if reached * 100 >= total * percent:
            return day
    return None


def sums(counted: Counted, *populations: Population) -> Sums:
    cents: dict[str, int] = {}
    for population in populations:
        for kind, found in counted.get(population, {}).get(Axis.CENTS, {}).items():
            cents[kind] = cents.get(kind, 0) + found
    return Sums(tuple(Line(kind, found) for kind, found in sorted(cents.items())))


def medians(counted: Counted, axis: Axis, population: Population) -> Medians:
    """Of an axis whose values are « code days »: exact over any period, like a spread."""
    days: dict[str, dict[int, int]] = {}
    for value, found in counted.get(population, {}).get(axis, {}).items():
        code, _, day = value.rpartition(" ")
        of_code = days.setdefault(code, {})
        of_code[int(day)] = of_code.get(int(day), 0) + found
    reached = {code: _reached(found, sum(found.values()), 50) for code, found in days.items()}
    return Medians(tuple(Line(code, day) for code, day in sorted(reached.items()) if day is not None))
