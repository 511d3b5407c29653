from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.eligibility.rules import (
    QUESTIONS,
    Answers,
    Flag,
    Obstacle,
    Policy,
    Question,
    Subject,
    UrgencyReason,
    blocks,
    flags,
    next_question,
    obstacles,
    policy_on,
    possible_from,
)

POLICY = Policy(version="2026-1", effective_from=date(2026, 1, 1))
STRICT = replace(POLICY, version="2026-2", early_filing_allowed=False, cra_pending="block")
TODAY = date(2026, 11, 23)
CLEAR = Answers(
    about_caf=True,
    subject=Subject.INDIVIDUAL_BENEFIT,
    has_complained=True,
    complained_on=date(2026, 8, 3),
    was_answered=False,
    cra_pending=False,
    before_a_court=False,
    already_asked=False,
    is_urgent=False,
)
unsure = st.none() | st.booleans()
any_answers = st.builds(
    Answers,
    about_caf=unsure,
    subject=st.none() | st.sampled_from(Subject),
    has_complained=unsure,
    complained_on=st.none() | st.dates(date(2020, 1, 1), date(2027, 1, 1)),
    was_answered=unsure,
    cra_pending=unsure,
    before_a_court=unsure,
    already_asked=unsure,
    is_urgent=unsure,
)


def test_nothing_stands_in_the_way_of_a_clear_case() -> None:
    assert obstacles(CLEAR, POLICY, today=TODAY) == []
    assert next_question(CLEAR, POLICY) is None


@pytest.mark.parametrize(
    ("answers", "obstacle"),
    [
        (replace(CLEAR, about_caf=False), Obstacle.NOT_CAF),
        (replace(CLEAR, subject=Subject.FAMILY_CONFLICT), Obstacle.OUT_OF_COMPETENCE),
        (replace(CLEAR, subject=Subject.PARTNER_FUNDING), Obstacle.OUT_OF_COMPETENCE),
        (replace(CLEAR, has_complained=False, complained_on=None), Obstacle.NO_PRIOR_COMPLAINT),
        (replace(CLEAR, complained_on=date(2026, 10, 1)), Obstacle.PREMATURE),
        (replace(CLEAR, before_a_court=True), Obstacle.LITIGATION),
    ],
)
def test_each_obstacle_has_its_answer(answers: Answers, obstacle: Obstacle) -> None:
    assert obstacles(answers, POLICY, today=TODAY) == [obstacle]


def test_service_quality_is_the_mediator_s_business() -> None:
    assert obstacles(replace(CLEAR, subject=Subject.SERVICE_QUALITY), POLICY, today=TODAY) == []


def test_the_way_opens_two_months_after_the_complaint_to_the_day() -> None:
    opening = possible_from(CLEAR, POLICY)

    assert opening == date(2026, 10, 3)
    assert obstacles(CLEAR, POLICY, today=opening - timedelta(days=1)) == [Obstacle.PREMATURE]
    assert obstacles(CLEAR, POLICY, today=opening) == []


@pytest.mark.parametrize(
    ("complained_on", "opening"),
    [
        (date(2026, 12, 31), date(2027, 2, 28)),
        (date(2027, 12, 31), date(2028, 2, 29)),
        (date(2026, 10, 15), date(2026, 12, 15)),
        (date(2026, 11, 15), date(2027, 1, 15)),
    ],
)
def test_months_stop_at_the_end_of_a_short_one(complained_on: date, opening: date) -> None:
    assert possible_from(replace(CLEAR, complained_on=complained_on), POLICY) == opening


def test_an_answered_complaint_waits_for_nothing() -> None:
    answered = replace(CLEAR, complained_on=TODAY, was_answered=True)

    assert possible_from(answered, POLICY) is None
    assert obstacles(answered, POLICY, today=TODAY) == []


def test_too_early_only_advises_unless_the_policy_says_otherwise() -> None:
    assert [obstacle for obstacle in Obstacle if not blocks(obstacle, POLICY)] == [Obstacle.PREMATURE]
    assert all(blocks(obstacle, STRICT) for obstacle in Obstacle)


def test_a_pending_appeal_informs_unless_the_policy_says_otherwise() -> None:
    pending = replace(CLEAR, cra_pending=True)

    assert flags(pending, POLICY) == [Flag.CRA_PENDING]
    assert obstacles(pending, POLICY, today=TODAY) == []
    assert obstacles(pending, STRICT, today=TODAY) == [Obstacle.CRA_PENDING]


def test_a_repeat_and_an_urgency_are_never_refusals() -> None:
    urgent = replace(CLEAR, already_asked=True, is_urgent=True, urgency_reasons=(UrgencyReason.NO_FOOD,))

    assert flags(urgent, POLICY) == [Flag.REPEAT_REFERRAL, Flag.URGENT]
    assert obstacles(urgent, STRICT, today=TODAY) == []


def test_the_policy_of_the_day_is_the_latest_begun() -> None:
    later = replace(POLICY, version="2027-1", effective_from=date(2027, 1, 1))

    assert policy_on([later, POLICY], date(2026, 12, 31)) == POLICY
    assert policy_on([POLICY, later], date(2027, 1, 1)) == later
    assert policy_on([later], TODAY) is None


def test_questions_come_one_by_one_in_order() -> None:
    asked = []
    answers = Answers()
    while question := next_question(answers, POLICY):
        asked.append(question)
        given_now = FIELDS[question]
        answers = replace(answers, **{name: getattr(CLEAR, name) for name in given_now})

    assert tuple(asked) == QUESTIONS


def test_a_complaint_without_its_date_is_asked_again() -> None:
    assert next_question(replace(CLEAR, complained_on=None), POLICY) == Question.COMPLAINT


def test_the_test_ends_where_no_answer_can_help() -> None:
    assert next_question(Answers(about_caf=False), POLICY) is None
    assert next_question(Answers(about_caf=True, subject=Subject.OTHER), POLICY) is None
    assert next_question(replace(CLEAR, has_complained=False, already_asked=None), POLICY) is None
    assert next_question(replace(CLEAR, before_a_court=True, is_urgent=None), POLICY) is None


@given(any_answers, st.sampled_from([POLICY, STRICT]))
def test_a_question_not_answered_is_never_an_obstacle(answers: Answers, policy: Policy) -> None:
    met = obstacles(answers, policy, today=TODAY)

    assert obstacles(Answers(), policy, today=TODAY) == []
    for field in fields(Answers):
        if field.name != "urgency_reasons":
            unanswered = replace(answers, **dict[str, Any]({field.name: None}))
            assert set(obstacles(unanswered, policy, today=TODAY)) <= set(met)


@given(any_answers, st.integers(0, 400))
def test_time_only_removes_obstacles(answers: Answers, days: int) -> None:
    later = obstacles(answers, POLICY, today=TODAY + timedelta(days=days))

    assert set(later) <= set(obstacles(answers, POLICY, today=TODAY))


FIELDS = {
    Question.ABOUT_CAF: ["about_caf"],
    Question.SUBJECT: ["subject"],
    Question.COMPLAINT: ["has_complained", "complained_on"],
    Question.ANSWER: ["was_answered"],
    Question.CRA: ["cra_pending"],
    Question.COURT: ["before_a_court"],
    Question.ALREADY_ASKED: ["already_asked"],
    Question.URGENCY: ["is_urgent", "urgency_reasons"],
}
