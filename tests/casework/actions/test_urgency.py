from datetime import datetime

import pytest

from mediane.casework import actions
from mediane.casework.actions.step import ChangedMeanwhile, MoveRefused
from mediane.casework.models import Case, Step
from mediane.casework.queries.workplan import Filters, Tab, page
from mediane.casework.states import Act, Signal, Weighing
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_case

EVICTED = "Mon bailleur a engagé une procédure d’expulsion."


@pytest.fixture
def case(cast: Cast, at: datetime):
    made = a_case(cast.samira, at, explanation=EVICTED)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield made


def test_a_signal_read_in_the_words_changes_nothing_by_itself(case: Case) -> None:
    (signal,) = case.signals.all()
    assert (signal.signal, signal.declared, signal.weighing) == (Signal.EVICTION, False, "")
    assert not case.is_urgent


def test_somebody_confirms_it_and_that_is_a_step_the_person_does_not_see(
    case: Case, cast: Cast, at: datetime
) -> None:
    actions.weigh_urgency(
        case=case, signal=Signal.EVICTION, weighing=Weighing.CONFIRMED, by=cast.nadia, at=at
    )
    case.refresh_from_db()
    assert case.is_urgent
    told = Step.objects.get(case=case, act=Act.CONFIRM_URGENCY)
    assert (told.by_name, told.words, told.is_shared) == ("Nadia Pruvost", "Expulsion", False)


def test_what_the_person_ticked_is_urgent_until_somebody_sets_it_aside(cast: Cast, at: datetime) -> None:
    case = a_case(cast.lucette, at, urgency=["no_income"])
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert case.is_urgent
        actions.weigh_urgency(
            case=case, signal=Signal.NO_INCOME, weighing=Weighing.SET_ASIDE, by=cast.nadia, at=at
        )
        case.refresh_from_db()
        assert not case.is_urgent


def test_weighing_twice_the_same_writes_once(case: Case, cast: Cast, at: datetime) -> None:
    for _ in range(2):
        actions.weigh_urgency(
            case=case, signal=Signal.EVICTION, weighing=Weighing.SET_ASIDE, by=cast.nadia, at=at
        )
    assert Step.objects.filter(case=case, act=Act.SET_ASIDE_URGENCY).count() == 1


def test_the_order_of_the_list_is_that_of_the_deadlines(case: Case, cast: Cast, at: datetime) -> None:
    a_case(cast.lucette, at)
    scope = {
        "organisation_id": cast.paris.pk,
        "user_id": cast.nadia.id,
        "today": at.date(),
        "tab": Tab.ALL,
        "filters": Filters(),
    }
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        before = [one.reference for one in page(**scope).cases]
        actions.weigh_urgency(
            case=case, signal=Signal.EVICTION, weighing=Weighing.CONFIRMED, by=cast.nadia, at=at
        )
        assert [one.reference for one in page(**scope).cases] == before


def test_what_cannot_be_weighed_is_refused(case: Case, cast: Cast, at: datetime) -> None:
    with pytest.raises(MoveRefused):
        actions.weigh_urgency(
            case=case, signal=Signal.CHILD, weighing=Weighing.CONFIRMED, by=cast.nadia, at=at
        )
    with pytest.raises(ChangedMeanwhile):
        actions.weigh_urgency(
            case=case, signal="eviction", weighing=Weighing.CONFIRMED, seen_version=1, by=cast.nadia, at=at
        )
    actions.withdraw(case=case, by=cast.nadia, at=at)
    with pytest.raises(MoveRefused, match="clos"):
        actions.weigh_urgency(
            case=case, signal=Signal.EVICTION, weighing=Weighing.CONFIRMED, by=cast.nadia, at=at
        )
