"""What is counted of the tests, and what a draft would change, without knowing who answered."""

from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from hypothesis import given
from hypothesis import strategies as st

from mediane.eligibility.actions import keep
from mediane.eligibility.models import AnonymousAttempt, EligibilityCheck
from mediane.eligibility.queries import funnel, simulate
from mediane.eligibility.rules import (
    OPTIONAL,
    Answers,
    Obstacle,
    Policy,
    Question,
    Subject,
    Verdict,
    ending,
    next_question,
    obstacles,
    profile,
    replay,
)
from mediane.kit import rowsecurity
from mediane.people.models import Beneficiary
from tests.cast import Cast

CLEAR = Answers(
    about_caf=True,
    subject=Subject.INDIVIDUAL_BENEFIT,
    has_complained=True,
    complained_on=date(2026, 6, 30),
    was_answered=True,
    cra_pending=False,
    before_a_court=False,
    already_asked=False,
    is_urgent=False,
)
EARLY = replace(CLEAR, complained_on=date(2026, 10, 14), was_answered=False)
REFUSED = Answers(about_caf=False)
POLICY = Policy(version="1", effective_from=date(2023, 6, 26))
SINCE, UNTIL = date(2025, 11, 1), date(2027, 12, 31)

flag = st.none() | st.booleans()
any_answers = st.builds(
    Answers,
    about_caf=flag,
    subject=st.none() | st.sampled_from(Subject),
    has_complained=st.sampled_from([True]),
    complained_on=st.dates(date(2022, 1, 1), date(2026, 11, 9)),
    was_answered=st.booleans(),
    cra_pending=flag,
    before_a_court=flag,
    already_asked=flag,
    is_urgent=flag,
)
any_policy = st.builds(
    Policy,
    version=st.just("2"),
    effective_from=st.just(date(2026, 1, 1)),
    waiting_months=st.integers(1, 24),
    early_filing_allowed=st.booleans(),
    cra_pending=st.sampled_from(["warn", "block"]),
    skipped=st.frozensets(st.sampled_from(OPTIONAL)),
)


def run(of: Beneficiary, answers: Answers, at: datetime, began: datetime | None = None) -> EligibilityCheck:
    with rowsecurity.working_for(rowsecurity.person(of.pk)):
        return keep(answers=answers, of=of, told="Dit.", by=of.as_actor(), at=at, run_began_at=began or at)


@given(any_answers, any_policy, st.dates(date(2026, 11, 9), date(2028, 12, 31)))
def test_without_identity_the_test_ends_as_it_would_have(
    answers: Answers, policy: Policy, today: date
) -> None:
    """Whole months, and no day of anybody, are enough to judge by any policy."""
    end = ending(obstacles(answers, policy, today=today), policy)
    goes_on = end[0] is not Verdict.STOPPED and next_question(answers, policy) is not None
    assert replay(profile(answers, today=today), policy) == ((Verdict.UNKNOWN, None) if goes_on else end)


@given(any_answers, st.frozensets(st.sampled_from(OPTIONAL)))
def test_a_question_not_put_is_never_next_and_never_stops(
    answers: Answers, skipped: frozenset[Question]
) -> None:
    policy = replace(POLICY, skipped=skipped, cra_pending="block")
    full = replace(POLICY, cra_pending="block")
    today = date(2026, 11, 9)
    assert next_question(answers, policy) not in skipped
    assert set(obstacles(answers, policy, today=today)) <= set(obstacles(answers, full, today=today))


def test_the_trace_of_a_test_says_nothing_of_its_person(cast: Cast, at: datetime) -> None:
    run(cast.samira, EARLY, at)
    with rowsecurity.working_for(cast.cnaf.context()):
        row = AnonymousAttempt.objects.values().get()
        assert EligibilityCheck.objects.count() == Beneficiary.objects.count() == 0
    assert row["month"] == date(2026, 11, 1)
    assert (row["verdict"], row["obstacle"], row["told"]) == ("early", "premature", "Dit.")
    assert row["profile"] == asdict(profile(EARLY, today=date(2026, 11, 9)))
    said = str({name: value for name, value in row.items() if name != "id"})
    for secret in ("2026, 10, 14", "2026-10-14", cast.samira.number, "Belkacem"):
        assert secret not in said
    assert not {"beneficiary_id", "check_id", "user_id"} & row.keys()


def test_each_caf_sees_its_own_and_the_national_mediation_all(cast: Cast, at: datetime) -> None:
    run(cast.samira, REFUSED, at)
    run(cast.awa, CLEAR, at)
    seen = {}
    for caf in (cast.paris, cast.tarn, cast.cnaf):
        with rowsecurity.working_for(caf.context()):
            seen[caf.code] = set(funnel(since=SINCE, until=UNTIL).cafs)
    assert seen == {"75": {cast.paris.pk}, "82": {cast.tarn.pk}, "CNAF": {cast.paris.pk, cast.tarn.pk}}


def test_a_person_reads_no_count_and_adds_none_elsewhere(cast: Cast, at: datetime) -> None:
    run(cast.samira, REFUSED, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        row = AnonymousAttempt.objects.count()
    assert row == 0
    with rowsecurity.working_for(cast.paris.context()):
        made = AnonymousAttempt.objects.get()
    made.pk, made.organisation = None, cast.tarn
    with pytest.raises(DatabaseError, match="row-level security"):
        with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO eligibility_anonymousattempt (id, organisation_id, policy_id, month, profile,"
                " verdict, obstacle, told, returned_from) VALUES (gen_random_uuid(), %s, %s, '2026-11-01',"
                " '{}', 'open', '', '', '')",
                [cast.tarn.pk, made.policy_id],
            )


def test_somebody_told_to_stop_who_may_go_on_later_has_come_back(cast: Cast, at: datetime) -> None:
    run(cast.samira, replace(CLEAR, has_complained=False, complained_on=None), at)
    run(cast.samira, EARLY, at + timedelta(days=5), began=at)
    run(cast.samira, CLEAR, at + timedelta(days=40), began=at)
    run(cast.samira, CLEAR, at + timedelta(days=300))
    with rowsecurity.working_for(cast.paris.context()):
        counted = funnel(since=SINCE, until=UNTIL)
    assert counted.returns == {("no_prior_complaint", 40): 1}
    assert counted.total == {"open": 2, "early": 1, "stopped": 1, "returned": 1}


def test_an_advice_of_an_earlier_request_may_have_been_passed_over(cast: Cast, at: datetime) -> None:
    run(cast.samira, EARLY, at)
    run(cast.samira, CLEAR, at + timedelta(days=200))
    with rowsecurity.working_for(cast.paris.context()):
        assert not funnel(since=SINCE, until=UNTIL).returns


def test_a_draft_is_tried_on_the_tests_of_the_year(cast: Cast, at: datetime) -> None:
    run(cast.samira, EARLY, at)
    run(cast.lucette, replace(CLEAR, cra_pending=True), at)
    run(cast.awa, REFUSED, at)
    run(cast.awa, CLEAR, at - timedelta(days=700))
    draft = Policy(
        version="0",
        effective_from=date.max,
        waiting_months=1,
        cra_pending="block",
        skipped=frozenset({Question.ABOUT_CAF}),
    )
    with rowsecurity.working_for(cast.cnaf.context()):
        trial = simulate(replace(draft, waiting_months=3, early_filing_allowed=False), since=SINCE)
    early, opened = (Verdict.EARLY, Obstacle.PREMATURE), (Verdict.OPEN, None)
    assert trial.moves == {
        (early, (Verdict.STOPPED, Obstacle.PREMATURE)): 1,
        (opened, (Verdict.STOPPED, Obstacle.CRA_PENDING)): 1,
        ((Verdict.STOPPED, Obstacle.NOT_CAF), (Verdict.UNKNOWN, None)): 1,
    }
    assert (trial.total, trial.changed) == (3, 3)
    assert {caf: moves.total() for caf, moves in trial.by_caf.items()} == {cast.paris.pk: 2, cast.tarn.pk: 1}


def test_the_rules_in_force_change_nothing(cast: Cast, at: datetime) -> None:
    for answers in (EARLY, CLEAR, REFUSED):
        run(cast.samira, answers, at)
        at += timedelta(days=1)
    with rowsecurity.working_for(cast.cnaf.context()):
        assert simulate(POLICY, since=SINCE).changed == 0
