from datetime import date, datetime, timedelta

from mediane.casework import actions
from mediane.casework.queries.own_case import own_case
from mediane.casework.states import Outcome, State
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_studied_case

OUT = actions.Scope(to=State.REDIRECTED, because="Relevait du département", reason="OTHER_BODY", body="MDPH")


def test_the_day_a_request_went_out_is_that_of_the_decision_not_of_the_first_closing(
    cast: Cast, at: datetime
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.answer(
            case=case, outcome=Outcome.UPHELD, cause="OTHER", grounds=["OTHER"], by=cast.claire, at=at
        )
        actions.reclassify(case=case, scope=OUT, by=cast.claire, at=at + timedelta(days=20))
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        own = actions.consult_own(reference=case.reference, by=cast.samira.as_actor(), at=at)
        situation = own_case(own).situation
    assert (situation.closed_on, situation.body) == (date(2026, 11, 29), "la MDPH")
