"""Cases whose clock is told, by the product's own verbs."""

from datetime import date, datetime, timedelta
from typing import Any

from mediane.appeals import actions
from mediane.appeals.actions import Dated
from mediane.appeals.models import AppealEvent
from mediane.appeals.states import Evidence, Home, Remedies, What
from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.states import Outcome
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_studied_case

DECIDED_ON = date(2026, 10, 6)
DECISION: dict[str, Any] = {
    "what": What.DECISION,
    "on": DECIDED_ON,
    "evidence": Evidence.RECEIPT,
    "path": "HOUSING",
    "remedies": Remedies.STATED,
    "home": Home.SAME,
}


def a_decision(**differs: Any) -> Dated:
    return Dated(**DECISION | differs)


def noted(case: Case, by: Actor, at: datetime, *, seen_rank: int = 0, **differs: Any) -> AppealEvent:
    with rowsecurity.working_for(rowsecurity.staff(by.organisation_id)):
        return actions.note_appeal_event(
            case=case, dated=a_decision(**differs), seen_rank=seen_rank, by=by, at=at
        )


def an_admitted_case(cast: Cast, at: datetime, **differs: Any) -> Case:
    """Received on 9 November 2026, studied on the 10th, admitted on the 12th."""
    case = a_studied_case(cast.samira, cast.claire, at, **differs)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        then = at + timedelta(days=3)
        casework.admit(case=case, notified_on=then.date(), by=cast.claire, at=then)
    return case


def an_answered_case(cast: Cast, at: datetime, **differs: Any) -> Case:
    """The same, answered on 20 November 2026."""
    case = an_admitted_case(cast, at, **differs)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.answer(
            case=case,
            outcome=Outcome.UPHELD,
            cause="ASSESSMENT_ERROR",
            grounds=case.grounds,
            by=cast.claire,
            at=at + timedelta(days=11),
        )
    return case


def signed_off(cast: Cast, at: datetime, *, is_given: bool = True, seen_rank: int = 0) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.decide_sign_off(
            organisation=cast.paris,
            is_given=is_given,
            words="Avis du service juridique du 3 novembre",
            seen_rank=seen_rank,
            by=cast.claire,
            at=at,
        )
