from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.rules.urgency import chip, late_by, week_ends
from mediane.kit.workdays import Zone

MONDAY = date(2026, 11, 23)
METROPOLE = Zone.METROPOLE
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def words(on: date, today: date = MONDAY) -> tuple[str, str]:
    made = chip(on, today=today, zone=METROPOLE)
    return made.kind, made.words


def test_lateness_is_told_in_working_days() -> None:
    assert words(date(2026, 11, 20)) == ("late", "1\u00a0jour de retard")
    assert words(date(2026, 11, 19)) == ("late", "2\u00a0jours de retard")


def test_a_weekend_alone_is_one_day_of_lateness() -> None:
    assert late_by(date(2026, 11, 21), date(2026, 11, 22), METROPOLE) == 1


def test_the_next_days_have_their_names() -> None:
    assert words(MONDAY) == ("soon", "Aujourd’hui")
    assert words(date(2026, 11, 24)) == ("soon", "Demain")
    assert words(date(2026, 11, 27)) == ("soon", "Vendredi 27\u00a0nov.")


def test_beyond_five_working_days_the_date_is_written_out() -> None:
    assert words(date(2026, 12, 1)) == ("later", "1er\u00a0décembre")
    assert words(date(2027, 1, 4)) == ("later", "4\u00a0janvier\u00a02027")


def test_a_paused_case_says_so_unless_it_is_late() -> None:
    def paused(on: date) -> str:
        return chip(on, today=MONDAY, zone=METROPOLE, is_paused=True).kind

    assert paused(date(2026, 12, 15)) == "paused"
    assert paused(date(2026, 11, 20)) == "late"


@given(DAYS)
def test_the_week_ends_on_the_next_sunday_or_today(today: date) -> None:
    assert week_ends(today).weekday() == 6
    assert timedelta(0) <= week_ends(today) - today < timedelta(7)


@given(DAYS, DAYS)
def test_late_means_before_today_and_nothing_else(due_on: date, today: date) -> None:
    assert (chip(due_on, today=today, zone=METROPOLE).kind == "late") == (due_on < today)
