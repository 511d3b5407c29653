"""What is written in bulk is what the verbs write, letters apart."""

from datetime import timedelta
from typing import Any

import pytest
from django.forms.models import model_to_dict

from mediane.casework import actions as casework
from mediane.casework.models import Admissibility, Case, Closing, Deadline, Reorientation, Step
from mediane.casework.states import Outcome
from mediane.integrations.demonstration import history
from mediane.integrations.demonstration.cast import people
from mediane.integrations.demonstration.pasts import Past
from mediane.integrations.demonstration.story import Service, tell, topics
from mediane.journal.models import Entry
from mediane.kit import clock, rowsecurity
from mediane.people.models import Beneficiary

DRAWN = {"id", "beneficiary", "referral", "case", "key", "reference", "check_passed", "complaint"}
BULK, TOLD = "2222222", "3333333"
CHILDREN = (Step, Deadline, Admissibility, Closing, Reorientation)


def identity(number: str):
    guest = next(guest for guest in people() if guest.organisation == "75")
    return type(guest.identity())(**(vars(guest.identity()) | {"number": number}))


@pytest.fixture
def filed(cast, at) -> Case:
    """Filed by the verbs: the bulk is given its moment of filing."""
    service = Service(cast.paris, [cast.claire, cast.nadia], at)
    plan = {"topic": "apl_receipts", "age": 60, "acts": [], "joins": False}
    return tell(service, identity(TOLD), plan)


@pytest.mark.parametrize("outcome", [Outcome.REVISED, None])
def test_the_bulk_writes_what_the_verbs_write(cast, filed, outcome):
    past = Past(
        channel="ONLINE",
        identity=identity(BULK),
        topic=topics()["apl_receipts"],
        filed_at=filed.received_at,
        taken_at=filed.received_at + timedelta(days=1),
        admitted_at=filed.received_at + timedelta(days=5),
        closed_at=filed.received_at + timedelta(days=20),
        outcome=outcome,
        by=cast.nadia,
        mediator=cast.claire,
    )
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        live_through(filed, past)
        history.write(cast.paris, [past])

        assert seen(BULK) == seen(TOLD)


def live_through(case: Case, past: Past) -> None:
    """The same life, by the verbs."""
    casework.take_up(case=case, by=past.by, at=past.taken_at)
    if past.outcome is None:
        casework.redirect(
            case=case, reason="OTHER_BODY", body="DEPARTMENT", by=past.mediator, at=past.closed_at
        )
        return
    notified_on = clock.day_of(past.admitted_at, "Europe/Paris")
    casework.admit(case=case, notified_on=notified_on, by=past.mediator, at=past.admitted_at)
    casework.answer(
        case=case,
        outcome=past.outcome,
        cause=past.topic["cause"],
        grounds=past.topic["grounds"],
        by=past.mediator,
        at=past.closed_at,
    )


def seen(number: str) -> dict[str, Any]:
    """Everything written of somebody, but for what is drawn at random and numbers of rows."""
    person = Beneficiary.objects.get(number=number)
    case = Case.objects.select_related("referral__complaint", "referral__check_passed").get(
        beneficiary=person
    )
    found: dict[str, Any] = {"person": bare(person, "number"), "case": bare(case)}
    found["referral"] = bare(case.referral, "safe_contact")
    found["complaint"] = bare(case.referral.complaint, "reference")
    found["check"] = bare(case.referral.check_passed)
    for model in CHILDREN:
        rows = model._default_manager.filter(case=case).order_by("pk")
        found[model.__name__] = [bare(row, "by_id") for row in rows]
    journal = Entry.objects.filter(beneficiary_id=person.pk).order_by("pk")
    found["journal"] = [
        (entry.at, entry.actor_kind, entry.actor_name, entry.verb, entry.subject_kind, entry.details)
        for entry in journal
    ]
    return found


def bare(row: Any, *also: str) -> dict[str, Any]:
    return {name: value for name, value in model_to_dict(row).items() if name not in DRAWN | set(also)}
