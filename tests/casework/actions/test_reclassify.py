"""A decision on scope seen otherwise afterwards: both facts stay, each with its date."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from mediane.casework import actions
from mediane.casework.actions import Scope
from mediane.casework.actions.admissibility import AlreadyDecided
from mediane.casework.actions.step import MoveRefused
from mediane.casework.models import Admissibility, Case, Deadline, Reclassification, Reorientation
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


def test_a_redirected_case_comes_back_to_study_and_both_facts_stay(
    case: Case, cast: Cast, at: datetime
) -> None:
    first, second = at + timedelta(days=2), at + timedelta(days=9)
    due = Deadline.objects.get(case=case, kind=Kind.REPLY).due_on
    redirected(case, cast, first)
    actions.reclassify(case=case, scope=IN, by=cast.claire, at=second)

    case.refresh_from_db()
    assert (case.state, case.closed_at) == (State.UNDER_STUDY, None)
    assert Reorientation.objects.get(case=case).decided_at == first
    seen = Reclassification.objects.get(case=case)
    assert (seen.stood_since, seen.decided_at, seen.decided_by) == (first, second, "Claire Vasseur")
    assert Deadline.objects.get(case=case, kind=Kind.REPLY).due_on == due


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
    actions.answer(
        case=case, outcome=Outcome.UPHELD, cause="OTHER", grounds=["OTHER"], by=cast.claire, at=answered
    )
    actions.reclassify(case=case, scope=OUT, by=cast.claire, at=at + timedelta(days=30))

    case.refresh_from_db()
    assert (case.state, case.closed_at, case.closing.outcome) == (
        State.REDIRECTED,
        answered,
        Outcome.UPHELD,
    )
    assert Reorientation.objects.get(case=case).body == "DEPARTMENT"


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
