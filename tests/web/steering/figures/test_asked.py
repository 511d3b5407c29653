"""What a page of figures is asked for, whatever the address says and whatever the day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.web.steering.figures.asked import WITHOUT, compared_with, period_of, year

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2019, 1, 1), date(2035, 12, 31))


def test_twelve_months_are_whole_and_come_before_this_one() -> None:
    period = period_of("", TODAY)
    assert (period.since, period.until) == (date(2025, 11, 1), date(2026, 11, 1))
    assert period.words == "De novembre 2025 à octobre 2026"
    before = compared_with("", period, TODAY)
    assert before is not None
    assert (before.since, before.until) == (date(2024, 11, 1), date(2025, 11, 1))


def test_a_year_under_way_is_compared_with_the_same_months() -> None:
    period = period_of("2026", TODAY)
    assert (period.since, period.until, period.is_running) == (date(2026, 1, 1), date(2026, 12, 1), True)
    before = compared_with("2023", period, TODAY)
    assert before is not None
    assert (before.since, before.until) == (date(2023, 1, 1), date(2023, 12, 1))
    assert period.words == "Depuis janvier 2026"


def test_a_year_compared_with_itself_is_compared_with_the_one_before() -> None:
    before = compared_with("2023", year(2023, TODAY), TODAY)
    assert before is not None
    assert before.name == "2022"


@pytest.mark.parametrize("code", ["", "demain", "2099", "1500", "12-mois", "²", "٢٠٢٣", "9" * 5_000])
def test_what_is_no_period_is_the_last_twelve_months(code: str) -> None:
    assert period_of(code, TODAY) == period_of("", TODAY)


@pytest.mark.parametrize("code", ["99999", "2027", "1999", "٢٠٢٣", "²", "9" * 5_000])
def test_what_is_no_year_is_compared_with_the_one_before(code: str) -> None:
    period = year(2023, TODAY)
    assert compared_with(code, period, TODAY) == compared_with("", period, TODAY)


@given(today=DAYS, code=st.sampled_from(["", "2019", "2023", "2026"]), other=st.text(max_size=5))
def test_both_periods_have_the_same_months_apart(today: date, code: str, other: str) -> None:
    period = period_of(code, today)
    before = compared_with(other, period, today)
    assert 1 <= len(period.months) <= 12
    if before is None:
        assert other == WITHOUT
    else:
        assert [month.month for month in before.months] == [month.month for month in period.months]
        assert before.since != period.since
