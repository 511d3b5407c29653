from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from mediane.casework import actions
from mediane.casework.models import Case
from mediane.casework.queries.casefile import CaseFile, casefile
from mediane.casework.states import Outcome, State
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_case, a_studied_case


def opened(case: Case, cast: Cast) -> CaseFile:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return casefile(actions.consult(reference=case.reference, by=cast.claire, at=case.received_at))


def test_notes_and_safe_contact_are_unsealed(cast: Cast, at: datetime) -> None:
    contact = {"phone": "06 39 98 41 27", "caution": "Pas de message vocal"}
    case = a_case(cast.samira, at, safe_contact=contact)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.note(case=case, text="Voir la CRA", by=cast.nadia, at=at)
    file = opened(case, cast)
    assert file.reach.contact == contact
    assert [note.text for note in file.notes] == ["Voir la CRA"]


def test_what_is_awaited_is_what_was_asked_and_not_lifted(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    due_on = at.date() + timedelta(days=14)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        asked = actions.ask_documents(
            case=case, labels=["Bail", "Quittance"], due_on=due_on, by=cast.claire, at=at
        )
    assert {item.label for item in opened(case, cast).awaited} == {"Bail", "Quittance"}
    assert opened(case, cast).documents_by == due_on
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.lift_request(case=case, request=asked, by=cast.claire, at=at)
    assert opened(case, cast).awaited == []


def test_only_the_hold_that_runs_is_shown(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    assert opened(case, cast).hold is None
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.await_decision(
            case=case, body="MDPH", reason="Taux", look_again_on=at.date(), by=cast.claire, at=at
        )
    hold = opened(case, cast).hold
    assert hold is not None
    assert hold.body == "MDPH"
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.resume(case=case, by=cast.claire, at=at)
    assert opened(case, cast).hold is None


def test_a_hold_goes_on_while_documents_are_awaited_too(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.await_decision(
            case=case, body="MDPH", reason="Taux", look_again_on=at.date(), by=cast.claire, at=at
        )
        actions.ask_documents(case=case, labels=["Bail"], due_on=at.date(), by=cast.claire, at=at)
    file = opened(case, cast)
    assert file.case.state == State.AWAITING_BENEFICIARY
    assert file.hold is not None


@pytest.mark.parametrize(
    ("end", "told"),
    [
        (
            lambda **who: actions.answer(outcome=Outcome.UPHELD, cause="OTHER", grounds=["OTHER"], **who),
            "closing",
        ),
        (lambda **who: actions.redirect(reason="OTHER_BODY", body="MDPH", **who), "reorientation"),
        (
            lambda **who: actions.end_by_litigation(
                seized_on=date(2026, 11, 10), evidence="Assignation", **who
            ),
            "litigation_end",
        ),
        (actions.withdraw, None),
    ],
)
def test_a_closed_case_tells_its_own_ending(
    cast: Cast, at: datetime, end: Callable[..., None], told: str | None
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        end(case=case, by=cast.claire, at=at + timedelta(days=2))
    file = opened(case, cast)
    for ending in ("closing", "reorientation", "litigation_end"):
        assert (getattr(file, ending) is not None) == (ending == told)


def test_earlier_cases_are_those_of_the_same_person(cast: Cast, at: datetime) -> None:
    first = a_case(cast.samira, at)
    a_case(cast.lucette, at)
    second = a_case(cast.samira, at + timedelta(days=3))
    assert [case.reference for case in opened(second, cast).earlier] == [first.reference]


OUT = actions.Scope(to=State.REDIRECTED, because="Relevait du département", reason="OTHER_BODY", body="MDPH")


def test_a_person_returns_from_a_body_only_after_being_sent_there(cast: Cast, at: datetime) -> None:
    """Answered first, and found out of scope once the next request was there."""
    first = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.answer(
            case=first, outcome=Outcome.UPHELD, cause="OTHER", grounds=["OTHER"], by=cast.claire, at=at
        )
    between = a_case(cast.samira, at + timedelta(days=10))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.reclassify(case=first, scope=OUT, by=cast.claire, at=at + timedelta(days=20))
    after = a_case(cast.samira, at + timedelta(days=30))

    assert opened(between, cast).returned is None
    returned = opened(after, cast).returned
    assert returned is not None
    assert (returned.earlier.reference, returned.sent.body) == (first.reference, "MDPH")
