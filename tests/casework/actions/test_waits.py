"""Several waits at once: each ends by itself, and none is lost from sight."""

from datetime import date, datetime, timedelta

import pytest

from mediane.casework import actions
from mediane.casework.models import Case, DocumentRequest, Hold, Step
from mediane.casework.states import Act, State
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_studied_case


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


def ask(case: Case, cast: Cast, at: datetime, *labels: str) -> DocumentRequest:
    return actions.ask_documents(case=case, labels=labels, due_on=date(2026, 11, 27), by=cast.claire, at=at)


def hold(case: Case, cast: Cast, at: datetime, body: str = "MDPH") -> None:
    actions.await_decision(
        case=case, body=body, reason="Taux", look_again_on=date(2026, 12, 1), by=cast.claire, at=at
    )


def test_lifting_one_list_still_waits_for_the_other(cast: Cast, case: Case, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        first, second = ask(case, cast, at, "Bail"), ask(case, cast, at, "Quittance")
        actions.lift_request(case=case, request=first, by=cast.claire, at=at)
        assert case.state == State.AWAITING_BENEFICIARY
        assert Step.objects.filter(case=case, act=Act.LIFT, words="Bail").exists()
        actions.lift_request(case=case, request=second, by=cast.claire, at=at)
        assert case.state == State.UNDER_STUDY


def test_lifting_a_list_does_not_end_the_wait_for_a_decision(cast: Cast, case: Case, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        request = ask(case, cast, at, "Bail")
        hold(case, cast, at)
        actions.lift_request(case=case, request=request, by=cast.claire, at=at)
        assert case.state == State.AWAITING_DECISION
        assert Hold.objects.get(case=case).ended_on is None


def test_a_list_may_be_lifted_once_study_is_resumed(cast: Cast, case: Case, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        request = ask(case, cast, at, "Bail")
        actions.resume(case=case, by=cast.claire, at=at)
        actions.lift_request(case=case, request=request, by=cast.claire, at=at)
        assert case.state == State.UNDER_STUDY
        request.refresh_from_db()
        assert request.closed_at == at


def test_a_second_wait_takes_the_place_of_the_first(cast: Cast, case: Case, at: datetime) -> None:
    later = at + timedelta(days=4)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        hold(case, cast, at)
        ask(case, cast, at, "Bail")
        hold(case, cast, later, body="CRA")
        running = Hold.objects.get(case=case, ended_on=None)
        assert running.body == "CRA"
        assert Hold.objects.filter(case=case, ended_on=later.date()).count() == 1
