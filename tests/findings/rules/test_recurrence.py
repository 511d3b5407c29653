"""Before and after a proposal was implemented: equal windows, and no claim that chance would explain."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.findings.rules.recurrence import FEWEST_REQUESTS, MOST_MONTHS, Trend, recurrence, window
from mediane.findings.rules.wording import said_of

CHANGED = date(2026, 3, 18)


def months_from(first: date, numbers: list[int]) -> dict[date, int]:
    return {
        date(first.year + (first.month - 1 + rank) // 12, (first.month - 1 + rank) % 12 + 1, 1): number
        for rank, number in enumerate(numbers)
    }


def test_windows_are_equal_and_leave_the_month_of_the_change_out() -> None:
    # Six whole months since: from April to September; the month of the change counts nowhere.
    counted = months_from(date(2025, 7, 1), [9, 9, 3, 3, 3, 3, 3, 3, 500, 1, 1, 1, 1, 1, 1, 700])
    found = recurrence(
        counted, implemented_on=CHANGED, known_since=date(2025, 7, 1), today=date(2026, 10, 20)
    )
    assert (found.months, found.before, found.after) == (6, 18, 6)


def test_what_was_known_before_bounds_both_windows() -> None:
    counted = months_from(date(2026, 1, 1), [40, 40, 40, 10, 10, 10, 10])
    found = recurrence(counted, implemented_on=CHANGED, known_since=date(2025, 12, 9), today=date(2026, 8, 2))
    assert (found.months, found.before, found.after) == (2, 80, 20)
    assert found.trend is Trend.TOO_SHORT
    assert said_of(found) == "Il faut trois mois entiers avant et après pour comparer."


@pytest.mark.parametrize(
    ("before", "after", "trend", "words"),
    [
        (7, 4, Trend.TOO_FEW, "C’est trop peu pour conclure."),
        (24, 20, Trend.SAME, "L’écart peut être dû au hasard. La saison peut jouer."),
        (40, 12, Trend.LESS, "C’est moins, au-delà du hasard. D’autres causes restent possibles. La saison"),
        (12, 40, Trend.MORE, "C’est plus, au-delà du hasard."),
        (0, 0, Trend.TOO_FEW, "C’est trop peu pour conclure."),
    ],
)
def test_it_says_no_more_than_the_numbers(before: int, after: int, trend: Trend, words: str) -> None:
    counted = {date(2025, 12, 1): before, date(2026, 5, 1): after}
    found = recurrence(counted, implemented_on=CHANGED, known_since=date(2020, 1, 1), today=date(2026, 9, 1))
    assert found.trend is trend
    said = said_of(found)
    assert words in said
    assert f"sur 5\u00a0mois depuis, {before} sur les 5\u00a0mois d’avant." in said


@given(
    numbers=st.lists(st.integers(0, 60), min_size=1, max_size=60),
    changed=st.integers(0, 59),
    months_since=st.integers(0, 40),
)
def test_whatever_the_history_the_windows_stay_equal_and_within_it(
    numbers: list[int], changed: int, months_since: int
) -> None:
    first = date(2020, 1, 1)
    counted = months_from(first, numbers)
    on = date(2020 + changed // 12, changed % 12 + 1, 28)
    now = changed + months_since
    found = recurrence(
        counted, implemented_on=on, known_since=first, today=date(2020 + now // 12, now % 12 + 1, 5)
    )
    assert 0 <= found.months <= min(MOST_MONTHS, changed, max(0, months_since - 1))
    padded = [*numbers, *[0] * 120]
    assert found.before == sum(padded[changed - found.months : changed])
    assert found.after == sum(padded[changed + 1 : changed + 1 + found.months])
    if found.before + found.after < FEWEST_REQUESTS or found.before == found.after:
        assert found.trend not in (Trend.LESS, Trend.MORE)


def test_what_is_read_holds_both_windows() -> None:
    assert window(CHANGED) == (date(2025, 3, 1), date(2027, 4, 1))
