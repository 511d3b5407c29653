"""How many statements a gesture costs, its savepoint (2) and its line in the journal included."""

from datetime import date, datetime, timedelta

import pytest

from mediane.casework import actions
from mediane.casework.models import Case, Deadline
from mediane.casework.rules.deadlines import Kind
from mediane.casework.states import Outcome
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_case, a_draft, a_studied_case

LATER = timedelta(days=2)


@pytest.fixture
def reference_data_known(cast: Cast, at: datetime) -> None:
    """What a process reads once in its life: Cafs, targets, the catalogue."""
    a_studied_case(cast.lucette, cast.claire, at)


def test_filing_costs_nine_statements_and_a_savepoint(
    cast: Cast, at: datetime, reference_data_known: None, django_assert_num_queries
) -> None:
    draft = a_draft(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        with django_assert_num_queries(11):
            case = actions.receive(draft=draft, by=cast.samira.as_actor(), at=at)
        case.refresh_from_db()
        first = Deadline.objects.filter(case=case).order_by("due_on", "pk")[0]
    assert (case.version, case.due_on, case.due_what) == (2, first.due_on, "Accuser réception")


def test_answering_costs_the_same_whatever_happened(
    cast: Cast, at: datetime, reference_data_known: None, django_assert_num_queries
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        for day in range(3):
            actions.write_to_person(case=case, body="Bonjour", by=cast.nadia, at=at + timedelta(days=day))
        with django_assert_num_queries(11):
            actions.answer(
                case=case, outcome=Outcome.UPHELD, cause="OTHER", grounds=["OTHER"], by=cast.claire, at=at
            )


def test_the_wait_that_an_answer_ends_is_counted(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        before = Deadline.objects.get(case=case, kind=Kind.REPLY).due_on
        actions.await_decision(
            case=case, body="MDPH", reason="Taux", look_again_on=date(2026, 12, 1), by=cast.claire, at=at
        )
        actions.answer(
            case=case,
            outcome=Outcome.UPHELD,
            cause="OTHER",
            grounds=["OTHER"],
            by=cast.claire,
            at=at + timedelta(days=10),
        )
        reply = Deadline.objects.get(case=case, kind=Kind.REPLY)
    assert reply.due_on >= before + timedelta(days=10)
    assert "Suspendu 10\u00a0jours" in reply.because
    assert reply.met_on == date(2026, 11, 19)


def test_a_gesture_keeps_what_it_already_knows_of_its_case(
    cast: Cast, at: datetime, reference_data_known: None, django_assert_num_queries
) -> None:
    a_case(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case = Case.objects.select_related("referral", "beneficiary").get(beneficiary=cast.samira)
        actions.take_up(case=case, by=cast.claire, at=at + LATER)
        with django_assert_num_queries(0):
            assert (case.referral.reference, case.beneficiary.number) == (case.reference, "4817263")
            assert case.organisation.code == "75"
