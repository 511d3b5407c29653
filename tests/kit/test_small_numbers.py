"""Somebody who reads everything that is told, and counts well, finds no small number back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mediane.kit.small_numbers import Masked, NotTold, Sum, masked, table_sums

FIVE = 5
Numbers = dict[Any, int]
Bounds = dict[Any, tuple[int, int]]
COUNTS = st.integers(0, 9) | st.integers(0, 2) | st.sampled_from([0, 5, 6, 40])


class Reader:
    """Knows every sum of the table, those that follow from others too, and what is told; tries the rest."""

    def __init__(self, numbers: Numbers, sums: Sequence[Sum], result: Masked) -> None:
        self.sums = [(one.total, one.parts) for one in sums]
        self.true, self.hidden = numbers, result.hidden
        self.known: Bounds = {
            cell: (result.least, 1_000) if cell in result.hidden else (number, number)
            for cell, number in numbers.items()
        }

    def possible(self) -> dict[Any, set[int]]:
        """Values that each hidden number could have; the search of one stops at five."""
        found: dict[Any, set[int]] = {cell: set() for cell in self.hidden}
        for cell in self.hidden:
            low, high = self.known[cell]
            true = self.true[cell]
            for value in nearest(true, max(low, true - FIVE), min(high, true + FIVE)):
                if len(found[cell]) >= FIVE:
                    break
                table = None if value in found[cell] else self.a_table({**self.known, cell: (value, value)})
                for other in self.hidden if table else ():
                    found[other].add(table[other][0])
        return found

    def a_table(self, bounds: Bounds) -> Bounds | None:
        """One that fits, if there is any: unknowns are narrowed by the sums, then tried value by value."""
        narrowed = self.narrowed(bounds)
        if narrowed is None:
            return None
        unknown = [cell for cell, (low, high) in narrowed.items() if low < high]
        if not unknown:
            return narrowed
        cell = min(unknown, key=lambda one: narrowed[one][1] - narrowed[one][0])
        values = nearest(self.true[cell], *narrowed[cell])
        tables = (self.a_table({**narrowed, cell: (value, value)}) for value in values)
        return next((table for table in tables if table), None)

    def narrowed(self, bounds: Bounds) -> Bounds | None:
        bounds, changed = dict(bounds), True
        while changed:
            changed = False
            for total, parts in self.sums:
                for cell, interval in self.one_sum(bounds, total, parts):
                    if interval[0] > interval[1]:
                        return None
                    if interval != bounds[cell]:
                        bounds[cell], changed = interval, True
        return bounds

    @staticmethod
    def one_sum(bounds: Bounds, total: Any, parts: Sequence[Any]) -> Iterator[tuple[Any, tuple[int, int]]]:
        low, high = (sum(bounds[part][side] for part in parts) for side in (0, 1))
        least, most = bounds[total]
        yield total, (max(least, low), min(most, high))
        for part in parts:
            mine = bounds[part]
            yield part, (max(mine[0], least - high + mine[1]), min(mine[1], most - low + mine[0]))


def nearest(true: int, low: int, high: int) -> list[int]:
    """So many values that one more or less never matters, the true one first."""
    return sorted(range(max(low, true - 12), min(high, true + 12) + 1), key=lambda one: abs(one - true))


def nothing_is_found_back(numbers: Numbers, sums: Sequence[Sum], result: Masked) -> None:
    for cell, number in numbers.items():
        assert cell in result.hidden or not 0 < number < FIVE
    for cell, values in Reader(numbers, sums, result).possible().items():
        assert len(values) >= FIVE, (cell, values, result)


def table(lines: list[list[int]]) -> tuple[Numbers, list[Sum], list[Sum]]:
    """« all » splits into « a » and « b », « a » into « c » and « d »: the sums that are needed, and all."""
    rows, splits = list(range(len(lines))), {"all": ("a", "b"), "a": ("c", "d")}
    numbers: Numbers = {}
    for row, (b, c, d) in enumerate(lines):
        numbers |= {(row, "all"): b + c + d, (row, "a"): c + d, (row, "b"): b, (row, "c"): c, (row, "d"): d}
    columns = ("all", "a", "b", "c", "d")
    numbers |= {("sum", column): sum(numbers[row, column] for row in rows) for column in columns}
    needed = table_sums(rows, "sum", columns, splits)
    implied = [Sum(("sum", column), tuple((row, column) for row in rows)) for column in ("all", "a")]
    return numbers, needed, needed + implied


# Now and then a whole column of nobody.
LINES = st.builds(
    lambda lines, empty: [[0 if at in empty else number for at, number in enumerate(line)] for line in lines],
    st.lists(st.lists(COUNTS, min_size=3, max_size=3), min_size=1, max_size=3),
    st.sets(st.integers(0, 2), max_size=2),
)


@settings(deadline=None)
@given(LINES)
def test_no_number_of_a_table_is_found_back(lines: list[list[int]]) -> None:
    numbers, needed, every = table(lines)
    nothing_is_found_back(numbers, every, masked(numbers, needed, threshold=FIVE))


@settings(deadline=None)
@given(LINES)
@example([[1, 0, 0], [4, 0, 0]])
@example([[1, 0, 0], [1, 0, 0], [1, 0, 0], [2, 0, 0], [0, 0, 0]])
def test_nor_when_its_totals_are_told_elsewhere(lines: list[list[int]]) -> None:
    numbers, needed, every = table(lines)
    told = {cell for cell in numbers if cell[0] == "sum"}
    if any(0 < numbers[cell] < FIVE for cell in told):
        with pytest.raises(NotTold):
            masked(numbers, needed, threshold=FIVE, told=told)
        return
    result = masked(numbers, needed, threshold=FIVE, told=told)
    assert not result.hidden & told
    nothing_is_found_back(numbers, every, result)


@settings(deadline=None)
@given(st.lists(COUNTS, min_size=1, max_size=7), st.booleans())
def test_nor_of_one_column_with_its_total(column: list[int], is_total_told: bool) -> None:
    numbers: Numbers = dict(enumerate(column)) | {"all": sum(column)}
    sums = [Sum("all", tuple(range(len(column))))]
    told = {"all"} if is_total_told and not 0 < sum(column) < FIVE else set()
    nothing_is_found_back(numbers, sums, masked(numbers, sums, threshold=FIVE, told=told))


@pytest.mark.parametrize(
    ("numbers", "told", "hidden"),
    [
        ({"all": 30, "some": 26, "few": 4}, (), {"few", "some"}),
        ({"all": 30, "some": 30, "none": 0}, (), set()),
        # Two hidden numbers whose sum is the smallest possible would be known: a third is hidden with them.
        ({"all": 42, "one": 1, "another": 1, "many": 30, "more": 10}, (), {"one", "another", "more"}),
        # Nothing else to hide: the zeros go, so that nobody knows who the five are.
        ({"all": 5, "a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "none": 0}, ("all",), {*"abcde", "none"}),
        ({"all": 0, "a": 0, "b": 0}, ("all",), set()),
    ],
)
def test_what_a_sum_would_give_away_is_hidden_with_it(
    numbers: Mapping[str, int], told: Sequence[str], hidden: set[str]
) -> None:
    sums = [Sum("all", tuple(name for name in numbers if name != "all"))]
    assert masked(numbers, sums, threshold=FIVE, told=told).hidden == hidden


def test_a_small_total_told_elsewhere_lets_nothing_be_told() -> None:
    with pytest.raises(NotTold):
        masked({"all": 3, "a": 3, "b": 0}, [Sum("all", ("a", "b"))], threshold=FIVE, told=["all"])


def test_a_number_bound_by_more_sums_than_two_is_refused_rather_than_badly_hidden() -> None:
    sums = [Sum("x", ("a", "b")), Sum("y", ("a", "c")), Sum("z", ("a", "d"))]
    with pytest.raises(ValueError, match="too many sums"):
        masked(dict.fromkeys("abcdxyz", 9), sums, threshold=FIVE)


def test_a_table_of_a_hundred_cafs_hides_little_of_what_is_large() -> None:
    lines = [[7 * at % 90, 5 * at % 41, 3 * at % 60] for at in range(1, 102)]
    numbers, needed, _ = table(lines)
    hidden = masked(numbers, needed, threshold=FIVE).hidden
    small = sum(0 < number < FIVE for number in numbers.values())
    assert small < len(hidden) < 3 * small
