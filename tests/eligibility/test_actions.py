from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.eligibility.actions import as_json, from_json, keep
from mediane.eligibility.models import EligibilityCheck
from mediane.eligibility.rules import Answers, Subject, UrgencyReason
from mediane.kit import rowsecurity
from tests.cast import Cast

REFUSED = Answers(about_caf=False)
any_answers = st.builds(
    Answers,
    about_caf=st.none() | st.booleans(),
    subject=st.none() | st.sampled_from(Subject),
    complained_on=st.none() | st.dates(),
    answered_on=st.none() | st.dates(),
    urgency_reasons=st.lists(st.sampled_from(UrgencyReason), unique=True).map(tuple),
)


def kept(cast: Cast, answers: Answers, at: datetime, began: datetime) -> EligibilityCheck:
    by = cast.samira.as_actor()
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        return keep(
            answers=answers, of=cast.samira, told="Un autre organisme", by=by, at=at, run_began_at=began
        )


@given(any_answers)
def test_answers_come_back_from_a_draft_as_they_were(answers: Answers) -> None:
    assert from_json(as_json(answers)) == answers


@pytest.mark.django_db
def test_an_attempt_keeps_its_rules_its_obstacles_and_what_was_told(cast: Cast, at: datetime) -> None:
    check = kept(cast, REFUSED, at, at)
    assert (check.policy.version, check.obstacles, check.told) == (1, ["not_caf"], "Un autre organisme")


@pytest.mark.django_db
def test_the_same_answers_in_the_same_run_are_one_attempt(cast: Cast, at: datetime) -> None:
    first, second = kept(cast, REFUSED, at, at), kept(cast, REFUSED, at + timedelta(minutes=1), at)
    assert first == second


@pytest.mark.django_db
def test_another_run_or_another_answer_is_another_attempt(cast: Cast, at: datetime) -> None:
    later = at + timedelta(days=1)
    attempts = [
        kept(cast, REFUSED, at, at),
        kept(cast, Answers(about_caf=True, subject=Subject.OTHER), at, at),
        kept(cast, REFUSED, later, later),
    ]
    assert len({attempt.pk for attempt in attempts}) == 3


@pytest.mark.django_db
def test_a_premature_attempt_says_when_to_come_back(cast: Cast, at: datetime) -> None:
    waiting = Answers(has_complained=True, complained_on=date(2026, 10, 31), was_answered=False)
    assert kept(cast, waiting, at, at).possible_from == date(2026, 12, 31)
