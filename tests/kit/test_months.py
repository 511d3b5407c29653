"""Months one after the other, and years as anybody may type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.kit.months import month_of, months_apart, months_between, months_later, next_month, year_among

MONTHS = st.dates(date(1950, 1, 1), date(2150, 12, 31)).map(month_of)
NUMBERS = st.integers(-600, 600)


@given(MONTHS)
def test_the_next_month_begins_when_this_one_ends(month: date) -> None:
    day_before = next_month(month) - timedelta(days=1)
    assert (day_before.year, day_before.month) == (month.year, month.month)


@given(MONTHS, NUMBERS)
def test_so_many_months_later_is_so_many_apart(month: date, number: int) -> None:
    later = months_later(month, number)
    assert later.day == 1
    assert months_apart(month, later) == number
    assert months_later(later, -number) == month


@given(MONTHS, NUMBERS, NUMBERS)
def test_months_add_up(month: date, one: int, other: int) -> None:
    assert months_later(months_later(month, one), other) == months_later(month, one + other)


@given(MONTHS, st.integers(0, 120))
def test_between_two_months_each_comes_once_the_last_excluded(month: date, number: int) -> None:
    until = months_later(month, number)
    months = months_between(month, until)
    assert len(months) == number
    assert [next_month(one) for one in months] == [*months, until][1:]
    assert months_between(until, month) == ([] if number else months)


def test_a_year_among_those_offered_is_read() -> None:
    assert year_among("2023", 2000, 2026) == 2023


@pytest.mark.parametrize(
    "text", ["", "99999", "1999", "2027", "²023", "٢٠٢٣", "-202", " 202", "20.3", "9" * 5_000, "demain"]
)
def test_anything_else_is_no_year(text: str) -> None:
    assert year_among(text, 2000, 2026) is None


@given(st.text(max_size=6))
def test_whatever_is_typed_is_one_of_the_years_or_none(text: str) -> None:
    assert year_among(text, 2000, 2026) in {None, *range(2000, 2027)}
