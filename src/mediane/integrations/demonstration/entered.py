"""What came by letter, by telephone or at the desk: entered by the service, like on the page that does it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.queries.postings import waiting_receipt
from mediane.integrations.demonstration.papers import sheet
from mediane.integrations.demonstration.scanned import letter
from mediane.journal.rules import Actor
from mediane.kit import clock, rowsecurity
from mediane.people.models import Beneficiary
from mediane.referrals.rules import Arrival


def enter(
    person: Beneficiary, topic: dict[str, Any], plan: dict[str, Any], *, team: Sequence[Actor], at: datetime
) -> Case:
    """By a référent, or by the mediator who is alone."""
    by = next((member for member in team if member.role == "OFFICER"), team[0])
    received_on = clock.day_of(at, person.organisation.time_zone)
    made_on = received_on - timedelta(days=40)
    names = ("benefits", "grounds", "asked", "explanation")
    entry = casework.Entry(
        arrival=Arrival(
            channel=plan["channel"],
            origin=plan.get("origin", "BENEFICIARY"),
            received_on=received_on,
            entry_key=uuid5(NAMESPACE_URL, f"{person.organisation.code} {person.number} {at}"),
        ),
        typed={name: topic[name] for name in names}
        | {
            "decision_contested": topic["decision"],
            "urgency": list(plan.get("urgency", ())),
            "helper": plan.get("helper", ""),
            "notice_by_email": plan.get("receipt", False),
            "receipt_by_email": plan.get("receipt", False),
        },
        # Of somebody in danger, what was said to be safe and nothing else.
        safe_contact=plan.get("safe") or {"email": person.email, "phone": person.phone},
        complaint=casework.DeclaredComplaint(
            made_on=made_on, channel="Courrier", answered_on=made_on + timedelta(days=26)
        ),
        files=_files(person, topic, plan),
        receipt_on_paper=plan["channel"] == "MAIL" and not plan.get("receipt", False),
    )
    with rowsecurity.working_for(rowsecurity.staff(person.organisation_id)):
        case = casework.register(entry=entry, of=person, by=by, at=at)
        _write(case, plan, by=by, at=at)
    return case


def _write(case: Case, plan: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """A receipt left with the post of the day, unless nothing was done yet; whoever helped still waits."""
    receipt = waiting_receipt(case)
    if receipt is not None and plan["acts"]:
        casework.post(posting=receipt, by=by, at=at)
    if address := plan.get("helper_address"):
        to = casework.Sender(name=plan["helper"], address=address, received_on=case.received_on)
        casework.acknowledge_sender(case=case, sender=to, by=by, at=at)


def _files(person: Beneficiary, topic: dict[str, Any], plan: dict[str, Any]) -> tuple[tuple[str, bytes], ...]:
    """What came in the envelope, the letter first."""
    if not plan.get("joins", True):
        return ()
    joined = tuple((name, sheet(name)) for name in topic["files"])
    if plan["channel"] != "MAIL":
        return joined
    return (("lettre-scannee.pdf", letter(topic["explanation"], person.full_name)), *joined)
