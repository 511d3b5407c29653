from datetime import datetime, timedelta

from mediane.appeals.models import AppealEvent
from mediane.casework.models import Case
from mediane.integrations.demonstration import appeals
from mediane.integrations.demonstration.story import Service
from mediane.kit import rowsecurity
from tests.appeals.stories import an_admitted_case
from tests.cast import Cast


def test_a_case_under_study_has_the_day_its_decision_was_received(cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)
    appeals.note(Service(cast.paris, [cast.claire, cast.nadia], at + timedelta(days=9)))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        event = AppealEvent.objects.get(case=case)
        complaint = Case.objects.get(pk=case.pk).referral.complaint
        assert event.on < complaint.made_on
    assert event.path == "HOUSING"
