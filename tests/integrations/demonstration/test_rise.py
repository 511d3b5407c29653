"""The rise of the demonstration raises a warning, and touches no year that is over."""

from collections import Counter
from datetime import date

import pytest

from mediane.integrations.demonstration.rise import BENEFIT, CAUSE, risen
from mediane.integrations.demonstration.years import FIRST, Told, told
from mediane.kit.months import month_of, months_between
from mediane.statistics.rules.control import seasons, signal


def counted(requests: list[Told]) -> Counter[date]:
    return Counter(
        date(one.year, one.month, 1) for one in requests if one.cause == CAUSE and BENEFIT in one.benefits
    )


@pytest.mark.parametrize("today", [date(2026, 11, 23), date(2026, 6, 2), date(2027, 3, 15), date(2026, 2, 9)])
def test_a_warning_stands_whatever_the_day(today: date) -> None:
    of_years = [one for year in range(FIRST, today.year + 1) for one in told(year)]
    usual, more = counted(of_years), counted([*of_years, *risen(today)])
    months = months_between(date(FIRST, 2, 1), month_of(today))
    before, now = ({month: found[month] for month in months} for found in (usual, more))
    found = signal(now, seasons(now))

    assert signal(before, seasons(before)) is None
    assert found is not None
    assert found.until == months[-1]
    assert found.observed > 3 * found.expected


def test_only_the_year_under_way_has_more() -> None:
    assert {one.year for month in range(2, 13) for one in risen(date(2026, month, 20))} == {2026}
    assert list(risen(date(2026, 1, 20))) == list(risen(date(2024, 3, 5))) == []
