"""A rise is seen, a season and chance are not; little is said of little."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.statistics.rules.control import CHART, seasons, signal, watched

FLAT = [1.0] * 12


def months(numbers: list[int], first: int = 2020) -> dict[date, int]:
    return {date(first + rank // 12, rank % 12 + 1, 1): number for rank, number in enumerate(numbers)}


def test_a_rise_says_since_when_how_many_and_against_how_many() -> None:
    found = signal(months([4] * 36 + [12, 12, 12]), FLAT)
    assert found is not None
    assert (found.since, found.until, found.observed) == (date(2023, 1, 1), date(2023, 3, 1), 36)
    assert found.expected == pytest.approx(12, abs=0.5)


def test_a_small_rise_that_lasts_is_seen_where_no_month_stands_out() -> None:
    chance = [9, 11, 10, 8, 12, 10] * 6
    assert signal(months(chance), FLAT) is None
    assert signal(months([*chance, 15, 17, 16, 18, 15, 17]), FLAT) is not None


def test_what_comes_back_every_year_is_no_signal() -> None:
    year = [2, 2, 2, 2, 2, 2, 2, 2, 12, 12, 2, 2]
    counted = months(year * 5 + year[:10])
    network = {day: 20 * number for day, number in counted.items()}
    assert max(one.reached for one in watched(counted, FLAT)) > 1
    assert max(one.reached for one in watched(counted, seasons(network))) < 0.5
    assert signal(counted, seasons(network)) is None


def test_a_rise_in_the_year_under_way_is_not_taken_for_a_season() -> None:
    calm = months([30] * 48)
    assert seasons(calm) == pytest.approx(FLAT)
    assert max(seasons(calm | months([90] * 3, 2024))) < 1.5


def test_nothing_is_said_without_a_year_of_past_or_of_a_few_requests() -> None:
    assert signal(months([0, 50]), FLAT) is None
    assert signal(months([1] * 11 + [90]), FLAT) is None
    assert signal(months([0] * 40 + [2, 2]), FLAT) is None
    assert signal({}, FLAT) is None


def test_a_signal_ends_when_things_calm_down() -> None:
    risen = [5] * 36 + [20, 20, 20]
    assert signal(months(risen), FLAT) is not None
    assert signal(months([*risen, 4, 4, 4, 4, 4]), FLAT) is None


def test_a_rise_that_lasts_a_year_is_the_new_level() -> None:
    found = list(watched(months([5] * 36 + [15] * 40), FLAT))
    assert any(one.is_signal for one in found)
    assert not found[-1].is_signal


@given(st.lists(st.integers(0, 60), min_size=0, max_size=80), st.lists(st.integers(0, 500), max_size=80))
def test_any_past_is_read(numbers: list[int], network: list[int]) -> None:
    season = seasons(months(network))
    assert all(factor > 0 for factor in season)
    found = signal(months(numbers), season)
    if found:
        assert found.observed >= CHART.fewest
        assert found.observed > found.expected


def test_chance_alone_rarely_raises_a_signal() -> None:
    chance, raised = Random(4), 0
    for _ in range(60):
        numbers = [sum(chance.random() < 0.05 for _ in range(60)) for _ in range(48)]
        seen = [one.is_signal for one in watched(months(numbers), FLAT)]
        raised += sum(now and not before for before, now in zip([False, *seen], seen, strict=False))
    assert raised <= 9  # 180 series and years


@given(numbers=st.lists(st.integers(0, 6), max_size=40), rise=st.lists(st.integers(0, 12), max_size=6))
def test_a_signal_stands_where_the_last_month_watched_is_one(numbers: list[int], rise: list[int]) -> None:
    counted = months(numbers + rise)
    last = [one.is_signal for one in watched(counted, FLAT)][-1:]
    assert (signal(counted, FLAT) is not None) == (last == [True])
