from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.kit.workdays import (
    Zone,
    add_working_days,
    easter,
    is_working_day,
    next_working_day,
    public_holidays,
    working_days_between,
)

DAY = timedelta(days=1)
days = st.dates(date(1990, 1, 1), date(2150, 12, 31))
zones = st.sampled_from(Zone)

# The Church's own table for 1900-2199: the paschal full moon of each golden number.
FULL_MOONS = (
    *((4, 14), (4, 3), (3, 23), (4, 11), (3, 31), (4, 18), (4, 8), (3, 28), (4, 16), (4, 5)),
    *((3, 25), (4, 13), (4, 2), (3, 22), (4, 10), (3, 30), (4, 17), (4, 7), (3, 27)),
)


def easter_by_the_table(year: int) -> date:
    day = date(year, *FULL_MOONS[year % 19]) + DAY
    while day.isoweekday() != 7:
        day += DAY
    return day


def is_off(day: date, zone: Zone) -> bool:
    fixed = {"0101", "0501", "0508", "0714", "0815", "1101", "1111", "1225"}
    fixed |= {
        Zone.METROPOLE: set[str](),
        Zone.ALSACE_MOSELLE: {"1226"},
        Zone.GUADELOUPE: {"0527"},
        Zone.MARTINIQUE: {"0522"},
        Zone.GUYANE: {"0610"},
        Zone.REUNION: {"1220"},
        Zone.MAYOTTE: {"0427"},
    }[zone]
    movable = {1, 39, 50} | ({-2} if zone is Zone.ALSACE_MOSELLE else set())
    since_easter = (day - easter_by_the_table(day.year)).days
    return day.isoweekday() > 5 or day.strftime("%m%d") in fixed or since_easter in movable


def test_easter_is_that_of_the_church_table() -> None:
    assert all(easter(year) == easter_by_the_table(year) for year in range(1900, 2200))


@given(days, zones)
def test_working_days_are_those_of_the_oracle(day: date, zone: Zone) -> None:
    assert is_working_day(day, zone) is not is_off(day, zone)


@given(days, st.integers(0, 60), zones)
def test_adding_working_days_counts_each_of_them_once(day: date, n: int, zone: Zone) -> None:
    end, counted = day, 0
    while counted < n:
        end += DAY
        counted += not is_off(end, zone)

    assert add_working_days(day, n, zone) == end
    assert working_days_between(day, end, zone) == n


@given(days, st.integers(-900, 900), zones)
def test_the_days_between_are_counted_one_by_one(a: date, gap: int, zone: Zone) -> None:
    b = a + gap * DAY
    first, last = sorted((a, b))
    walked = sum(not is_off(first + (n + 1) * DAY, zone) for n in range((last - first).days))

    assert working_days_between(a, b, zone) == (walked if gap >= 0 else -walked)


@given(days, zones)
def test_the_next_working_day_is_the_nearest(day: date, zone: Zone) -> None:
    found = next_working_day(day, zone)

    assert found >= day
    assert not is_off(found, zone)
    assert all(is_off(day + n * DAY, zone) for n in range((found - day).days))


def test_the_mainland_has_eleven_holidays_in_order() -> None:
    assert {on.strftime("%d/%m"): name for on, name in public_holidays(2026, Zone.METROPOLE).items()} == {
        "01/01": "Jour de l’An",
        "06/04": "Lundi de Pâques",
        "01/05": "Fête du Travail",
        "08/05": "Victoire de 1945",
        "14/05": "Ascension",
        "25/05": "Lundi de Pentecôte",
        "14/07": "Fête nationale",
        "15/08": "Assomption",
        "01/11": "Toussaint",
        "11/11": "Armistice de 1918",
        "25/12": "Noël",
    }
    assert list(public_holidays(2026, Zone.METROPOLE)) == sorted(public_holidays(2026, Zone.METROPOLE))


@pytest.mark.parametrize(
    ("zone", "own"),
    [
        (Zone.ALSACE_MOSELLE, {date(2026, 4, 3), date(2026, 12, 26)}),
        (Zone.GUADELOUPE, {date(2026, 5, 27)}),
        (Zone.MARTINIQUE, {date(2026, 5, 22)}),
        (Zone.GUYANE, {date(2026, 6, 10)}),
        (Zone.REUNION, {date(2026, 12, 20)}),
        (Zone.MAYOTTE, {date(2026, 4, 27)}),
    ],
)
def test_each_zone_adds_its_own_days(zone: Zone, own: set[date]) -> None:
    assert public_holidays(2026, zone).keys() - public_holidays(2026, Zone.METROPOLE).keys() == own


def test_two_holidays_on_one_day_keep_both_names() -> None:
    assert public_holidays(2008, Zone.METROPOLE)[date(2008, 5, 1)] == "Ascension et Fête du Travail"


def test_working_days_are_not_added_backwards() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        add_working_days(date(2026, 6, 3), -1, Zone.METROPOLE)
