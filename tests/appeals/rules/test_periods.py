"""Whole days, against an oracle that walks the calendar."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path as File

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.appeals.rules.law import PATH, Path
from mediane.appeals.rules.periods import end_of, resumed
from mediane.appeals.states import Home
from mediane.kit.workdays import Zone, next_working_day
from tests.appeals import oracle

WORKED = json.loads((File(__file__).parent.parent / "data" / "worked.json").read_text())
DAYS = st.dates(date(1999, 1, 1), date(2101, 12, 31))
PATHS = st.builds(replace, st.just(PATH["TJ"]), months=st.integers(1, 14), is_franc=st.booleans())
HOMES = st.sampled_from(Home)
MORE = {Home.SAME: 0, Home.OVERSEAS: 1, Home.ABROAD: 2}


@given(PATHS, DAYS, HOMES)
def test_a_whole_period_ends_where_the_calendar_says(path: Path, begins: date, home: Home) -> None:
    assert end_of(path, begins, home) == oracle.whole(path, begins, MORE[home])


@given(PATHS, DAYS, HOMES, st.integers(0, 500), st.integers(0, 800))
def test_what_was_left_is_neither_more_nor_less(
    path: Path, notified: date, home: Home, before: int, lasted: int
) -> None:
    engaged = notified + timedelta(days=before)
    ended = engaged + timedelta(days=lasted)
    first_end = end_of(path, notified, home)
    if engaged > first_end:
        assert resumed(first_end, engaged, ended) == ended
    else:
        counted = oracle.suspended(path, notified, engaged, ended, MORE[home])
        assert resumed(first_end, engaged, ended) == counted


@given(DAYS, st.integers(0, 60), st.integers(0, 400))
def test_interruption_never_leaves_less_than_suspension(notified: date, before: int, lasted: int) -> None:
    path, engaged = PATH["CRA"], notified + timedelta(days=before)
    ended = engaged + timedelta(days=lasted)
    first_end = end_of(path, notified, Home.SAME)
    # 31 December gives two short months: as many days as were left, or a few less.
    slack = timedelta(days=3)
    assert resumed(first_end, engaged, ended) <= end_of(path, ended, Home.SAME) + slack


@given(st.dates(date(2026, 1, 1), date(2026, 12, 24)))
def test_a_day_nobody_works_gives_way_to_the_next_one(day: date) -> None:
    assert next_working_day(day, Zone.METROPOLE) == oracle.open_day(day, oracle.HOLIDAYS_2026)


@pytest.mark.parametrize("one", WORKED, ids=lambda one: one["name"])
def test_the_worked_example(one: dict[str, str]) -> None:
    notified, engaged, ended = (date.fromisoformat(one[name]) for name in ("notified", "admissible", "ended"))
    first_end = end_of(PATH["CRA"], notified, Home.SAME)
    assert first_end == date(2026, 3, 10)
    assert ((engaged - notified).days, (first_end - engaged).days) == (one["used"], one["left"])
    found = {
        "suspension": resumed(first_end, engaged, ended),
        "interruption": end_of(PATH["CRA"], ended, Home.SAME),
    }[one["effect"]]
    assert found == date.fromisoformat(one["last"])
    assert next_working_day(found, Zone.METROPOLE) == date.fromisoformat(one["working"])


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (date(2025, 12, 31), date(2026, 2, 28)),
        (date(2023, 12, 31), date(2024, 2, 29)),
        (date(2026, 12, 29), date(2027, 2, 28)),
        (date(2026, 8, 31), date(2026, 10, 31)),
        (date(2026, 7, 31), date(2026, 9, 30)),
        (date(2024, 2, 29), date(2024, 4, 29)),
    ],
)
def test_a_month_without_the_same_number_ends_on_its_last_day(begins: date, ends: date) -> None:
    assert end_of(PATH["CRA"], begins, Home.SAME) == ends
    assert end_of(PATH["TA"], begins, Home.SAME) == ends + timedelta(days=1)


def test_whoever_lives_far_away_has_longer_before_a_court_and_not_before_the_caf() -> None:
    begins = date(2026, 1, 10)
    assert end_of(PATH["TA"], begins, Home.OVERSEAS) == date(2026, 4, 11)
    assert end_of(PATH["TJ"], begins, Home.ABROAD) == date(2026, 5, 10)
    assert end_of(PATH["CRA"], begins, Home.ABROAD) == date(2026, 3, 10)
