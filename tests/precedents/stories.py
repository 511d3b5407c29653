from datetime import datetime, timedelta
from typing import Any

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.states import Outcome
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.people.models import Beneficiary
from tests.stories import a_studied_case

SUMMARY = (
    "La Caf avait compté deux fois le même salaire. Le bulletin corrigé, demandé à l’employeur, a suffi "
    "pour annuler le trop-perçu et arrêter la retenue."
)


def an_answered_case(
    of: Beneficiary, by: Actor, at: datetime, outcome: Outcome = Outcome.REVISED, **differs: Any
) -> Case:
    """Taken up the next day, admitted, and answered a week later."""
    case = a_studied_case(of, by, at, **differs)
    later = at + timedelta(days=7)
    with rowsecurity.working_for(rowsecurity.staff(by.organisation_id)):
        casework.admit(case=case, notified_on=later.date(), by=by, at=later)
        casework.answer(case=case, outcome=outcome, cause="OTHER", grounds=case.grounds, by=by, at=later)
    return case
