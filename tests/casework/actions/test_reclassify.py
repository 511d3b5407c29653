"""A decision on scope seen otherwise afterwards: both facts stay, each with its date."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from mediane.casework import actions
from mediane.casework.actions import Scope
from mediane.casework.actions.admissibility import AlreadyDecided
from mediane.casework.actions.step import MoveRefused
from mediane.casework.models import (
    Admissibility,
    Case,
    Closing,
    Deadline,
    Reclassification,
    Reorientation,
)
from mediane.casework.queries.casefile import casefile
from mediane.casework.queries.listed import listed
from mediane.casework.rules.deadlines import Kind
from mediane.casework.states import Outcome, State, Verdict
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_studied_case

IN = Scope(to=State.UNDER_STUDY, because="La MDPH a déjà décidé")
OUT = Scope(to=State.REDIRECTED, because="Relevait du département", reason="OTHER_BODY", body="DEPARTMENT")
REFUSED = Scope(to=State.INADMISSIBLE, because="Aucune réclamation en fait", reason="NO_PRIOR_STEP")


@pytest.fixture
def case(cast: Cast, at: datetime):
    made = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield made


def redirected(case: Case, cast: Cast, at: datetime) -> None:
    actions.redirect(case=case, reason="OTHER_BODY", body="MDPH", by=cast.nadia, at=at)


def answer(case: Case, cast: Cast, at: datetime, outcome: Outcome = Outcome.UPHELD) -> None:
    actions.answer(case=case, outcome=outcome, cause="OTHER", grounds=["OTHER"], by=cast.claire, at=at)


def due(case: Case, kind: Kind) -> Deadline:
    return Deadline.objects.get(case=case, kind=kind)


def test_a_redirected_case_comes_back_to_study_and_both_facts_stay(
    case: Case, cast: Cast, at: datetime
) -> None:
    first, second = at + timedelta(days=2), at + timedelta(days=9)
    reply_by = due(case, Kind.REPLY).due_on
    redirected(case, cast, first)
    actions.reclassify(case=case, scope=IN, by=cast.claire, at=second)

    case.refresh_from_db()
    assert (case.state, case.closed_at) == (State.UNDER_STUDY, None)
    assert Reorientation.objects.get(case=case).decided_at == first
    seen = Reclassification.objects.get(case=case)
    assert (seen.stood_since, seen.decided_at, seen.decided_by) == (first, second, "Claire Vasseur")
    assert due(case, Kind.REPLY).due_on == reply_by


def test_an_inadmissible_case_is_decided_anew_beside_the_first_decision(
    case: Case, cast: Cast, at: datetime
) -> None:
    actions.reject(case=case, reason="UNCLEAR", notified_on=date(2026, 11, 12), by=cast.claire, at=at)
    actions.reclassify(case=case, scope=IN, by=cast.claire, at=at + timedelta(days=3))
    actions.admit(case=case, notified_on=date(2026, 11, 16), by=cast.claire, at=at + timedelta(days=7))

    taken = Admissibility.objects.filter(case=case).order_by("rank")
    assert [(one.rank, one.verdict) for one in taken] == [
        (1, Verdict.INADMISSIBLE),
        (2, Verdict.ADMISSIBLE),
    ]
    with pytest.raises(AlreadyDecided):
        actions.admit(case=case, notified_on=date(2026, 11, 17), by=cast.claire, at=at + timedelta(days=8))


def test_an_answered_case_goes_out_and_keeps_its_result_and_the_day_it_closed(
    case: Case, cast: Cast, at: datetime
) -> None:
    answered = at + timedelta(days=2)
    answer(case, cast, answered)
    actions.reclassify(case=case, scope=OUT, by=cast.claire, at=at + timedelta(days=30))

    case.refresh_from_db()
    assert (case.state, case.closed_at) == (State.REDIRECTED, answered)
    assert Closing.objects.get(case=case).outcome == Outcome.UPHELD
    assert Reorientation.objects.get(case=case).body == "DEPARTMENT"


def test_an_answered_case_that_went_out_and_came_back_is_answered_again(
    case: Case, cast: Cast, at: datetime
) -> None:
    days = [at + timedelta(days=n) for n in range(2, 6)]
    answer(case, cast, days[0])
    actions.reclassify(case=case, scope=OUT, by=cast.claire, at=days[1])
    actions.reclassify(case=case, scope=IN, by=cast.claire, at=days[2])
    case.refresh_from_db()
    assert (due(case, Kind.REPLY).met_on, case.due_what) == (None, "Décider la recevabilité")

    answer(case, cast, days[3], Outcome.REVISED)
    assert due(case, Kind.REPLY).met_on == days[3].date()
    closings = Closing.objects.filter(case=case).order_by("closed_at")
    assert [one.outcome for one in closings] == [Outcome.UPHELD, Outcome.REVISED]
    assert casefile(case).closing == closings[1]
    (shown,) = listed(Case.objects.filter(pk=case.pk))
    assert shown.outcome == Outcome.REVISED


def test_an_answer_given_again_is_taken_back_from_the_last_one(case: Case, cast: Cast, at: datetime) -> None:
    for day in (1, 4):
        answer(case, cast, at + timedelta(days=day))
        actions.reclassify(case=case, scope=OUT, by=cast.claire, at=at + timedelta(days=day + 1))
        actions.reclassify(case=case, scope=IN, by=cast.claire, at=at + timedelta(days=day + 2))
    outs = Reclassification.objects.filter(case=case, target=State.REDIRECTED).order_by("decided_at")
    assert [one.stood_since for one in outs] == [at + timedelta(days=1), at + timedelta(days=4)]


def test_the_decision_of_admissibility_is_due_again_after_a_return(
    case: Case, cast: Cast, at: datetime
) -> None:
    actions.reject(case=case, reason="UNCLEAR", notified_on=date(2026, 11, 12), by=cast.claire, at=at)
    assert due(case, Kind.ADMISSIBILITY).met_on is not None
    actions.reclassify(case=case, scope=IN, by=cast.claire, at=at + timedelta(days=3))

    case.refresh_from_db()
    decide_by = due(case, Kind.ADMISSIBILITY)
    assert (decide_by.met_on, case.due_on, case.due_what) == (
        None,
        decide_by.due_on,
        "Décider la recevabilité",
    )


def test_a_case_found_admissible_keeps_its_decision_when_it_returns(
    case: Case, cast: Cast, at: datetime
) -> None:
    actions.admit(case=case, notified_on=date(2026, 11, 12), by=cast.claire, at=at)
    redirected(case, cast, at + timedelta(days=3))
    actions.reclassify(case=case, scope=IN, by=cast.claire, at=at + timedelta(days=4))
    case.refresh_from_db()
    assert due(case, Kind.ADMISSIBILITY).met_on == date(2026, 11, 12)
    assert case.due_what == "Répondre"


def test_what_was_waited_before_it_went_out_still_counts(case: Case, cast: Cast, at: datetime) -> None:
    promised = due(case, Kind.REPLY).due_on
    actions.admit(case=case, notified_on=date(2026, 11, 12), by=cast.claire, at=at)
    actions.await_decision(
        case=case, body="MDPH", reason="Taux", look_again_on=date(2026, 12, 1), by=cast.claire, at=at
    )
    redirected(case, cast, at + timedelta(days=10))
    actions.reclassify(case=case, scope=IN, by=cast.claire, at=at + timedelta(days=12))
    case.refresh_from_db()
    assert case.due_on == due(case, Kind.REPLY).due_on > promised


def test_an_admissible_case_found_inadmissible_closes(case: Case, cast: Cast, at: datetime) -> None:
    actions.admit(case=case, notified_on=date(2026, 11, 12), by=cast.claire, at=at)
    actions.reclassify(case=case, scope=REFUSED, by=cast.claire, at=at + timedelta(days=3))

    case.refresh_from_db()
    assert (case.state, case.admissible_on) == (State.INADMISSIBLE, None)
    assert Admissibility.objects.filter(case=case).count() == 2


def test_a_case_may_go_out_twice(case: Case, cast: Cast, at: datetime) -> None:
    redirected(case, cast, at)
    actions.reclassify(case=case, scope=IN, by=cast.claire, at=at + timedelta(days=1))
    actions.redirect(case=case, reason="OTHER_BODY", body="CPAM", by=cast.nadia, at=at + timedelta(days=2))
    assert [one.body for one in case.reorientations.order_by("rank")] == ["MDPH", "CPAM"]


def test_the_mediator_alone_reclassifies(case: Case, cast: Cast, at: datetime) -> None:
    redirected(case, cast, at)
    with pytest.raises(PermissionDenied):
        actions.reclassify(case=case, scope=IN, by=cast.nadia, at=at)
    assert not Reclassification.objects.exists()


@pytest.mark.parametrize("scope", [IN, OUT, REFUSED])
def test_what_was_never_decided_is_not_seen_otherwise(
    case: Case, cast: Cast, at: datetime, scope: Scope
) -> None:
    with pytest.raises(MoveRefused, match="il ne se reclasse pas ainsi"):
        actions.reclassify(case=case, scope=scope, by=cast.claire, at=at)


def test_a_withdrawn_case_stays_so(case: Case, cast: Cast, at: datetime) -> None:
    actions.withdraw(case=case, by=cast.nadia, at=at)
    with pytest.raises(MoveRefused):
        actions.reclassify(case=case, scope=IN, by=cast.claire, at=at)


@pytest.mark.parametrize(
    ("differs", "constraint"),
    [
        ({"target": State.ANSWERED}, "reclassified_in_or_out"),
        ({"source": State.WITHDRAWN}, "reclassified_in_or_out"),
        ({"because": ""}, "reclassified_after_and_with_a_reason"),
        ({"stood_since": datetime.fromisoformat("2030-01-01T00:00:00+00:00")}, "reclassified_after"),
    ],
)
def test_the_database_keeps_only_true_reclassifications(
    case: Case, cast: Cast, at: datetime, differs: dict, constraint: str
) -> None:
    row = {
        "source": State.REDIRECTED,
        "target": State.UNDER_STUDY,
        "because": "Oui",
        "stood_since": at,
        "decided_at": at,
        "decided_by": "Claire",
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Reclassification.objects.create(organisation_id=case.organisation_id, case=case, **row | differs)
