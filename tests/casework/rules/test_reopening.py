from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.rules.reopening import Limit, limit_on, reopens_until

USUAL = Limit(months=2, source="la règle du service", effective_from=date(2019, 1, 1))
LONGER = Limit(months=6, source="la règle du service", effective_from=date(2027, 1, 1))


def test_two_months_after_the_reply_or_the_last_day_of_the_month() -> None:
    assert reopens_until(date(2026, 11, 9), [USUAL]) == date(2027, 1, 9)
    assert reopens_until(date(2026, 12, 31), [USUAL]) == date(2027, 2, 28)


def test_the_limit_is_the_one_of_the_day_it_was_answered() -> None:
    assert reopens_until(date(2026, 12, 31), [LONGER, USUAL]) == date(2027, 2, 28)
    assert reopens_until(date(2027, 1, 1), [USUAL, LONGER]) == date(2027, 7, 1)


def test_without_a_limit_in_force_nothing_is_reopened() -> None:
    assert limit_on([USUAL], date(2018, 12, 31)) is None
    assert reopens_until(date(2018, 12, 31), [USUAL]) is None


@given(st.dates(date(2019, 1, 1), date(2040, 1, 1)))
def test_one_day_later_never_ends_earlier(on: date) -> None:
    first, second = (reopens_until(day, [USUAL]) for day in (on, on + timedelta(days=1)))
    assert first is not None
    assert second is not None
    assert on < first <= second
