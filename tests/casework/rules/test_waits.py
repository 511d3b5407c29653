"""Which waits pause the target, for which days, and when somebody is reminded."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.rules.deadlines import Kind, Pause, Target, Unit, due
from mediane.casework.rules.waits import (
    LADDERS,
    PAUSING,
    Awaited,
    Change,
    Wait,
    days_paused,
    does_pause,
    next_reminder,
    pause_sentence,
    pausing_rule,
    reminder_due,
    reminders,
    rules_in_words,
    spans,
)
from mediane.catalogue.models import Body
from mediane.catalogue.queries import every
from mediane.kit.workdays import Zone, next_working_day

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 9)
INTERNAL = {"CAF_SERVICES", "CAF_DIRECTION", "CAF_PARTNERS", "DPO"}
REPLY = Target(
    kind=Kind.REPLY,
    amount=30,
    unit=Unit.CALENDAR_DAYS,
    source="l’objectif de service de la Caf",
    effective_from=date(2019, 1, 1),
)


def a_wait(since: date, until: date, **differs: object) -> Wait:
    known: dict[str, object] = {
        "awaited": Awaited.DECISION,
        "what": "Taux",
        "whom": "la MDPH",
        "pauses": True,
    }
    return Wait(**(known | {"since": since, "until": until, "body": "MDPH"} | differs))  # type: ignore[arg-type]


@pytest.mark.django_db
def test_every_body_has_its_rule_and_the_services_of_the_caf_pause_nothing() -> None:
    bodies = set(every(Body))
    assert bodies >= INTERNAL
    assert {body for body in bodies if not does_pause(Awaited.DECISION, body, MONDAY)} == INTERNAL
    assert does_pause(Awaited.DOCUMENTS, "", MONDAY)


def test_a_rule_says_its_source_and_binds_only_what_begins_after_it() -> None:
    assert all(rule.source and rule.because for rule in PAUSING)
    documents = pausing_rule(Awaited.DOCUMENTS, "", MONDAY)
    assert documents is not None
    assert "L. 114-5" in documents.source
    assert pausing_rule(Awaited.DOCUMENTS, "", documents.effective_from - DAY) is None
    assert not does_pause(Awaited.DOCUMENTS, "", documents.effective_from - DAY)


def test_the_rule_is_read_before_anything_is_chosen() -> None:
    other, service = rules_in_words(Awaited.DECISION, MONDAY)
    assert "est suspendu jusqu’au jour choisi, jamais au-delà" in other
    assert "un service de la Caf, l’objectif de réponse continue" in service
    (documents,) = rules_in_words(Awaited.DOCUMENTS, MONDAY)
    assert documents.startswith("L’objectif de réponse est suspendu")


def test_a_case_says_why_it_is_suspended_and_since_when_it_is_no_more() -> None:
    wait = a_wait(MONDAY, date(2026, 12, 4))
    said = pause_sentence(wait, MONDAY).replace("\u00a0", " ")
    assert said.startswith("L’objectif est suspendu jusqu’au 4 décembre 2026 au plus tard, parce que")
    after = pause_sentence(wait, date(2026, 12, 5)).replace("\u00a0", " ")
    assert after.startswith("L’objectif n’est plus suspendu depuis le 5 décembre 2026")
    internal = a_wait(MONDAY, date(2026, 12, 4), body="CAF_SERVICES", pauses=False)
    assert pause_sentence(internal, MONDAY).startswith("L’objectif de réponse continue, parce que")


def test_a_wait_prolonged_too_late_does_not_give_back_the_days_between() -> None:
    late = Change(
        on=MONDAY + 20 * DAY, before=MONDAY + 10 * DAY, until=MONDAY + 30 * DAY, because="x", by="y"
    )
    wait = a_wait(MONDAY, MONDAY + 30 * DAY, changes=(late,))
    assert list(spans(wait)) == [(MONDAY, MONDAY + 11 * DAY), (MONDAY + 20 * DAY, MONDAY + 31 * DAY)]
    assert days_paused(wait, MONDAY + 100 * DAY) == 22


def test_a_wait_that_ends_before_its_date_pauses_until_it_ended() -> None:
    wait = a_wait(MONDAY, MONDAY + 30 * DAY, ended_on=MONDAY + 4 * DAY)
    assert list(spans(wait)) == [(MONDAY, MONDAY + 4 * DAY)]
    assert list(spans(a_wait(MONDAY, MONDAY + DAY, ended_on=MONDAY))) == []


@st.composite
def lives(draw: st.DrawFn) -> Wait:
    """A wait, given other dates now and then, ended or not."""
    since = MONDAY + draw(st.integers(0, 60)) * DAY
    until = since + draw(st.integers(1, 40)) * DAY
    changes, on = [], since
    for gap, length in draw(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 40)), max_size=3)):
        on += gap * DAY
        changes.append(Change(on=on, before=until, until=on + length * DAY, because="x", by="y"))
        until = on + length * DAY
    ended_on = draw(st.none() | st.integers(0, 60).map(lambda days: on + days * DAY))
    return a_wait(since, until, changes=tuple(changes), ended_on=ended_on)


def is_paused_on(wait: Wait, day: date) -> bool:
    """The oracle, day by day: the date that was known on that day had not passed, and nobody had ended it."""
    if day < wait.since or (wait.ended_on is not None and day >= wait.ended_on):
        return False
    known = wait.changes[0].before if wait.changes else wait.until
    for change in wait.changes:
        if change.on <= day and change.until is not None:
            known = change.until
    return day <= known


@given(lives())
def test_the_days_paused_are_those_of_the_calendar(wait: Wait) -> None:
    days = [MONDAY + n * DAY for n in range(400)]
    paused = {day for since, until in spans(wait) for day in days if since <= day < until}
    assert paused == {day for day in days if is_paused_on(wait, day)}
    assert days_paused(wait, days[-1]) == len(paused)


def test_a_wait_begun_on_the_days_off_before_the_last_day_is_waited_for() -> None:
    """Thirty days end on a Saturday: a wait from Sunday to Monday leaves Tuesday, never a day it covers."""
    thirtieth, sunday = date(2027, 1, 16), date(2027, 1, 17)
    pause = Pause(since=sunday, until=sunday + 2 * DAY, reason="attente")
    assert due(REPLY, thirtieth - 30 * DAY, Zone.METROPOLE, [pause]).on == date(2027, 1, 19)


@given(st.lists(lives(), max_size=4), st.sampled_from(Zone))
def test_two_waits_at_once_never_pause_a_day_twice(waits: list[Wait], zone: Zone) -> None:
    pauses = [
        Pause(since=since, until=until, reason="attente") for wait in waits for since, until in spans(wait)
    ]
    assert due(REPLY, MONDAY, zone, pauses).on == promised(waits, zone)


def promised(waits: list[Wait], zone: Zone) -> date:
    """The oracle, day by day: thirty days that nobody’s wait covers, then the next working day.

    A wait begun by the last day on time covers its days too; one begun later comes too late.
    """

    def is_covered(day: date) -> bool:
        return any(is_paused_on(wait, day) for wait in waits)

    day, left = MONDAY, 30
    while left:
        left -= not is_covered(day)
        day += DAY
    while any(is_covered(day + n * DAY) for n in range((next_working_day(day, zone) - day).days + 1)):
        nearest = next(day + n * DAY for n in range(20) if is_covered(day + n * DAY))
        while is_covered(nearest):
            day, nearest = day + DAY, nearest + DAY
    return next_working_day(day, zone)


@pytest.mark.parametrize("days", [1, 3, 6, 7, 8, 14, 40])
def test_reminders_stand_around_the_date_and_leave_who_was_just_told_in_peace(days: int) -> None:
    until = MONDAY + days * DAY
    found = reminders(asked_on=MONDAY, told_on=MONDAY, until=until)
    assert found == [day for day in (until - 5 * DAY, until + 3 * DAY) if day >= MONDAY + 2 * DAY]


def test_the_ladder_is_dated() -> None:
    assert reminders(asked_on=LADDERS[0].effective_from - DAY, told_on=MONDAY, until=MONDAY + 20 * DAY) == []


@given(st.integers(1, 60), st.integers(0, 90))
def test_a_reminder_leaves_on_its_day_or_the_two_next_and_never_before(length: int, later: int) -> None:
    until, today = MONDAY + length * DAY, MONDAY + later * DAY
    days = reminders(asked_on=MONDAY, told_on=MONDAY, until=until)
    leaves = reminder_due(days, today)
    assert leaves is None or (leaves in days and 0 <= (today - leaves).days <= 2)
    coming = next_reminder(days, today)
    assert coming is None or coming > today
