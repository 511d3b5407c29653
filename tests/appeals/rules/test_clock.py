"""Where a period stands, in the words the mediator reads."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.appeals.rules import told
from mediane.appeals.rules.clock import Clock, Decision, Ending, Known, Story, read_clock
from mediane.appeals.rules.law import PATH, PATHS, Effect, policy_on
from mediane.appeals.states import Evidence, Home, Remedies, Standing, What
from mediane.kit.workdays import Zone, is_working_day
from tests.appeals import oracle

SIGNED = Evidence.RECEIPT
DECIDED = Decision(Known(date(2026, 1, 10), SIGNED), PATH["CRA"])
STORY = Story(
    asked_on=date(2026, 2, 2),
    zone=Zone.METROPOLE,
    decision=DECIDED,
    admissible=Known(date(2026, 2, 20)),
    ended=Known(date(2026, 4, 15)),
    ending=Ending.ANSWERED,
)
SINCE_MAY = Story(
    asked_on=date(2026, 10, 5),
    zone=Zone.METROPOLE,
    decision=Decision(Known(date(2026, 9, 15), SIGNED), PATH["TA"]),
    admissible=Known(date(2026, 10, 20)),
    ended=Known(date(2026, 11, 10)),
    ending=Ending.ANSWERED,
)
TODAY = date(2026, 4, 20)


def words(clock: Clock) -> str:
    return " ".join(reason.words for reason in clock.reasons)


def test_the_worked_example_ends_on_the_monday() -> None:
    clock = read_clock(STORY, TODAY)
    assert (clock.standing, clock.last_day, clock.days_left) == (Standing.RUNNING, date(2026, 5, 4), 14)
    assert "18\u00a0jours qui restaient repartent, jusqu’au 3\u00a0mai\u00a02026" in words(clock)
    assert "Le dimanche 3\u00a0mai n’est pas un jour ouvré" in words(clock)
    assert [span.is_counted for span in clock.spans] == [True, False, True]
    assert clock.may_be_shown


def test_since_28_may_a_whole_period_begins_again() -> None:
    clock = read_clock(SINCE_MAY, date(2026, 11, 24))
    assert clock.policy is not None
    assert clock.policy.effect == Effect.INTERRUPTION
    # 10 January and one day more, since the period is franc.
    assert clock.last_day == date(2027, 1, 11)
    assert "un nouveau délai entier part" in words(clock)
    assert clock.may_be_shown


def test_while_the_mediation_goes_on_no_day_is_given() -> None:
    clock = read_clock(replace(STORY, ended=None, ending=Ending.NONE), TODAY)
    assert (clock.standing, clock.last_day, clock.days_left) == (Standing.STOPPED, None, None)
    assert "Il restait 18\u00a0jours." in words(clock)


def test_without_the_notification_it_says_which_date_is_missing() -> None:
    clock = read_clock(replace(STORY, decision=None), TODAY)
    assert (clock.standing, clock.last_day) == (Standing.UNKNOWN, None)
    assert clock.missing == ((What.DECISION, told.NO_DECISION),)


def test_a_decision_that_states_no_remedy_opposes_no_period() -> None:
    silent = replace(DECIDED, remedies=Remedies.MISSING)
    clock = read_clock(replace(STORY, decision=silent), TODAY)
    assert (clock.standing, clock.last_day) == (Standing.NOT_RUNNING, None)
    assert "un an" in clock.reasons[0].to_confirm
    assert not clock.may_be_shown


def test_a_mediation_reopens_no_period_that_was_over() -> None:
    late = replace(STORY, admissible=Known(date(2026, 3, 11)))
    clock = read_clock(late, TODAY)
    assert (clock.standing, clock.last_day) == (Standing.PAST, date(2026, 3, 10))
    assert "la médiation ne le rouvre pas" in words(clock)


def test_engaged_on_the_last_working_day_it_is_in_time() -> None:
    # 10 January 2026 is a Saturday two months after 10 November 2025.
    saturday = replace(DECIDED, known=Known(date(2025, 11, 10), SIGNED))
    story = replace(STORY, decision=saturday, admissible=Known(date(2026, 1, 12)))
    clock = read_clock(story, TODAY)
    assert "Il restait 0\u00a0jour." in words(clock)
    assert clock.last_day == date(2026, 4, 15)


@pytest.mark.parametrize("ending", [Ending.INADMISSIBLE, Ending.REDIRECTED, Ending.NONE])
def test_a_mediation_that_is_not_engaged_changes_nothing(ending: Ending) -> None:
    clock = read_clock(replace(STORY, admissible=None, ended=None, ending=ending), date(2026, 3, 1))
    assert (clock.standing, clock.last_day, clock.days_left) == (Standing.RUNNING, date(2026, 3, 10), 9)


def test_a_court_ends_what_there_was_to_compute() -> None:
    assert read_clock(replace(STORY, ending=Ending.COURT), TODAY).standing == Standing.SEIZED
    assert read_clock(replace(STORY, ending=Ending.ELSEWHERE), TODAY).standing == Standing.UNKNOWN


def test_days_that_contradict_each_other_compute_nothing() -> None:
    after = read_clock(replace(STORY, admissible=Known(date(2026, 1, 9))), TODAY)
    assert after.missing[0][0] == What.DECISION
    before = read_clock(replace(STORY, ended=Known(date(2026, 2, 19))), TODAY)
    assert before.missing[0][0] == What.END
    assert after.last_day is before.last_day is None


def test_what_is_not_proven_is_computed_and_kept_from_the_person() -> None:
    for evidence in (Evidence.DECLARED, Evidence.SENT):
        said = replace(DECIDED, known=Known(DECIDED.known.on, evidence))
        clock = read_clock(replace(STORY, decision=said), TODAY)
        assert clock.last_day == date(2026, 5, 4)
        assert clock.doubts == (told.UNPROVEN[evidence],)
        assert not clock.may_be_shown
    unread = read_clock(replace(STORY, decision=replace(DECIDED, remedies=Remedies.UNKNOWN)), TODAY)
    assert unread.doubts == (told.UNREAD,)


def test_asked_before_the_law_and_engaged_after_it_says_both_days() -> None:
    story = replace(
        STORY,
        asked_on=date(2026, 5, 20),
        decision=replace(DECIDED, known=Known(date(2026, 5, 4), SIGNED)),
        admissible=Known(date(2026, 6, 2)),
        ended=Known(date(2026, 7, 15)),
    )
    clock = read_clock(story, date(2026, 7, 16))
    assert clock.last_day == date(2026, 9, 15)
    assert "à confirmer par un juriste" in clock.doubts[0]
    # 32 days were left of those that ended on 4 July.
    assert "17\u00a0août\u00a02026" in clock.doubts[1]


@pytest.mark.parametrize("day", [26, 27])
def test_between_the_promulgation_and_the_entry_into_force_there_is_a_doubt(day: int) -> None:
    story = replace(STORY, decision=replace(DECIDED, known=Known(date(2026, 4, 30), SIGNED)))
    story = replace(story, admissible=Known(date(2026, 5, day)), ended=Known(date(2026, 6, 30)))
    doubts = read_clock(story, date(2026, 7, 1)).doubts
    assert any("promulguée et pas encore en vigueur" in doubt for doubt in doubts)


def test_in_that_doubt_a_whole_period_over_two_short_months_is_the_sooner() -> None:
    story = replace(STORY, decision=replace(DECIDED, known=Known(date(2026, 5, 26), SIGNED)))
    story = replace(story, admissible=Known(date(2026, 5, 26)), ended=Known(date(2026, 12, 31)))
    clock = read_clock(story, date(2027, 1, 4))
    assert clock.last_day == date(2027, 3, 2)
    assert "1er\u00a0mars\u00a02027" in clock.doubts[-1]


def test_a_reopened_case_keeps_its_first_end_and_says_so() -> None:
    assert read_clock(replace(STORY, is_reopened=True), TODAY).doubts == (told.REOPENED,)


def test_a_withdrawal_recommended_nothing() -> None:
    assert read_clock(replace(STORY, ending=Ending.WITHDRAWN), TODAY).doubts == (told.NOTHING_RECOMMENDED,)


DAYS = st.dates(date(2024, 1, 1), date(2026, 6, 30))


@given(st.sampled_from(PATHS), DAYS, st.integers(0, 90), st.integers(0, 300), st.sampled_from(Home))
def test_every_date_is_the_oracle_s_moved_to_a_working_day(path, notified, before, lasted, home) -> None:
    engaged = notified + timedelta(days=before)
    ended = engaged + timedelta(days=lasted)
    story = Story(
        asked_on=engaged,
        zone=Zone.METROPOLE,
        decision=Decision(Known(notified, SIGNED), path, home=home),
        admissible=Known(engaged),
        ended=Known(ended),
        ending=Ending.ANSWERED,
    )
    more = {Home.SAME: 0, Home.OVERSEAS: path.further[0], Home.ABROAD: path.further[1]}[home]
    first_end = oracle.whole(path, notified, more)
    clock = read_clock(story, ended)
    assert clock.last_day is not None
    assert is_working_day(clock.last_day, Zone.METROPOLE)
    if "avant la recevabilité" in words(clock):
        assert engaged > first_end
        expected = first_end
    elif policy_on(engaged).effect == Effect.SUSPENSION:
        expected = oracle.suspended(path, notified, min(engaged, first_end), ended, more)
        expected = ended if engaged > first_end else expected
    else:
        expected = oracle.whole(path, ended, more)
    assert expected <= clock.last_day <= expected + timedelta(days=4)
    assert all(not is_working_day(day, Zone.METROPOLE) for day in nobody_works(expected, clock.last_day))


def nobody_works(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days)]


@given(DAYS, DAYS, st.sampled_from(Ending), st.booleans(), st.booleans())
def test_a_date_is_given_or_what_is_missing_is_said(one, other, ending, admitted, ended) -> None:
    story = replace(
        STORY,
        admissible=Known(one) if admitted else None,
        ended=Known(other) if ended else None,
        ending=ending,
    )
    clock = read_clock(story, TODAY)
    assert (clock.last_day is not None) == (clock.standing in (Standing.RUNNING, Standing.PAST))
    assert bool(clock.missing) == (clock.standing == Standing.UNKNOWN)
    assert clock.reasons or clock.missing
    assert "None" not in words(clock)
