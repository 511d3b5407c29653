"""The ladder: one word at a time, never twice back, never on the day one asks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.consultations.rules import (
    BODY,
    ESCALATION,
    KINDS,
    REMINDER,
    SERVICE,
    Delay,
    Ladder,
    escalation_day,
    ladder_on,
    proposed_due,
    reminder_day,
    standing,
    word_due,
)
from mediane.consultations.states import LADDER, Standing, State, Word
from mediane.kit.workdays import Zone, is_working_day, working_days_between

LAW = Ladder(service=10, body=20, reminder=2, escalation=3, source="")
PARIS = Zone.METROPOLE
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
LADDERS = st.builds(
    Ladder,
    service=st.integers(1, 40),
    body=st.integers(1, 60),
    reminder=st.integers(1, 15),
    escalation=st.integers(1, 15),
    source=st.just(""),
)


def delay(kind: str, days: int, since: date = date(2019, 1, 1), **more: bool) -> Delay:
    return Delay(kind=kind, days=days, source=f"{days}", effective_from=since, **more)


NETWORK = [delay(SERVICE, 10), delay(BODY, 20), delay(REMINDER, 2), delay(ESCALATION, 3)]


def test_a_service_has_ten_working_days_and_a_body_twenty() -> None:
    assert proposed_due(date(2026, 11, 10), LAW, PARIS) == date(2026, 11, 25)
    assert proposed_due(date(2026, 11, 10), LAW, PARIS, of_body=True) == date(2026, 12, 9)


def test_what_is_said_to_a_service_as_days_pass() -> None:
    asked_on, due_on = date(2026, 11, 10), date(2026, 11, 25)

    def said(day: int) -> Word | None:
        today = date(2026, 11, day)
        return word_due(today, due_on=due_on, since=asked_on, ladder=LAW, zone=PARIS)

    assert [said(day) for day in (22, 23, 25)] == [None, Word.REMINDER, Word.REMINDER]
    assert [said(day) for day in (26, 27, 29)] == [Word.OVERDUE] * 3
    assert said(30) is Word.ESCALATION


def test_nobody_is_reminded_the_day_they_are_asked() -> None:
    today = date(2026, 11, 24)
    due_on = today + timedelta(days=1)
    assert word_due(today, due_on=due_on, since=today, ladder=LAW, zone=PARIS) is None
    assert word_due(due_on, due_on=due_on, since=today, ladder=LAW, zone=PARIS) is Word.REMINDER


@given(DAYS, st.integers(1, 120), LADDERS, st.sampled_from(Zone))
def test_words_only_climb(since: date, wait: int, ladder: Ladder, zone: Zone) -> None:
    due_on = since + timedelta(days=wait)
    days = [since + timedelta(days=one) for one in range(wait + 40)]
    said = [word_due(day, due_on=due_on, since=since, ladder=ladder, zone=zone) for day in days]
    rungs = [LADDER.index(word) for word in said if word is not None]
    assert rungs == sorted(rungs)
    assert said[0] is None
    assert said[-1] is Word.ESCALATION
    assert all(word is None or word is Word.REMINDER for word in said[: wait + 1])
    assert all(word in (Word.OVERDUE, Word.ESCALATION) for word in said[wait + 1 :])


@given(DAYS, LADDERS, st.sampled_from(Zone))
def test_rungs_are_working_days_so_many_away(due_on: date, ladder: Ladder, zone: Zone) -> None:
    before, after = reminder_day(due_on, ladder, zone), escalation_day(due_on, ladder, zone)
    assert is_working_day(before, zone)
    assert is_working_day(after, zone)
    # Counted by an independent way: days of work from the reminder up to the day before the date.
    counted = sum(is_working_day(before + timedelta(days=one), zone) for one in range((due_on - before).days))
    assert counted == ladder.reminder
    assert working_days_between(due_on, after, zone) == ladder.escalation


@given(DAYS, DAYS, st.sampled_from(State), st.booleans())
def test_a_question_stands_somewhere(due_on: date, today: date, state: State, is_open: bool) -> None:
    stands = standing(state, due_on=due_on, today=today, is_case_open=is_open)
    assert (stands is Standing.LATE) == (state == State.AWAITED and is_open and today > due_on)
    assert (stands is Standing.STOPPED) == (state == State.AWAITED and not is_open)


def test_a_delay_holds_from_its_day_and_a_caf_may_have_its_own() -> None:
    later = date(2026, 6, 1)
    delays = [*NETWORK, delay(SERVICE, 15, later), delay(REMINDER, 4, is_own=True)]
    assert ladder_on(delays, later - timedelta(days=1)).service == 10
    assert ladder_on(delays, later).service == 15
    assert ladder_on(delays, later).reminder == 4
    assert ladder_on([*delays, delay(REMINDER, 9, later)], later).reminder == 4


def test_without_a_delay_there_is_no_ladder() -> None:
    with pytest.raises(LookupError, match="consult_body"):
        ladder_on([one for one in NETWORK if one.kind != BODY], date(2026, 1, 1))
    assert len(KINDS) == len(NETWORK)
