"""From the page of entry to what is entered: the request, and whose it is."""

from typing import Any

from mediane.casework.actions import DeclaredComplaint, Entry
from mediane.people.actions import Identity
from mediane.people.models import Beneficiary
from mediane.referrals.rules import HIDDEN_ADDRESS, NO_LETTERS, Arrival
from mediane.web.desk.forms_intake import BY_EMAIL, BY_POST, NEW, Intake

NAMES = ("title", "first_name", "last_name")
IDENTITY = (*NAMES, "email", "phone", "postal_address")
CONTACT = {"email": "email", "phone": "phone", "address": "postal_address", "hours": "hours"}
SAME = ("asked", "explanation", "helper", "urgency", "decision_contested", "decision_on")


def whose(form: Intake) -> Beneficiary | Identity:
    told = form.cleaned_data
    if told["person"] != NEW:
        return form.people[told["person"]]
    # Under protection, how to reach her is sealed with the request, and nowhere else.
    open_to_all = NAMES if told["keep_secret"] else IDENTITY
    return Identity(organisation_code="", number=told["number"], **{name: told[name] for name in open_to_all})


def entry_of(form: Intake) -> Entry:
    told = form.cleaned_data
    arrival = {name: told[name] for name in ("channel", "origin", "received_on", "entry_key")}
    return Entry(
        arrival=Arrival(**arrival),
        typed=_typed(told),
        safe_contact=_contact(told),
        complaint=_complaint(told),
        files=form.sent,
        receipt_on_paper=told["answer_by"] == BY_POST,
    )


def _contact(told: dict[str, Any]) -> dict[str, str]:
    contact = {name: told[field] for name, field in CONTACT.items() if told[field]}
    contact |= {"caution": HIDDEN_ADDRESS} if told["keep_secret"] else {}
    return contact | ({NO_LETTERS: "oui"} if told["no_letters"] else {})


def _complaint(told: dict[str, Any]) -> DeclaredComplaint | None:
    if not told["complained_on"]:
        return None
    return DeclaredComplaint(
        made_on=told["complained_on"],
        channel=told["complaint_channel"],
        reference=told["complaint_reference"],
        answered_on=told["answered_on"],
    )


def _typed(told: dict[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in SAME} | {
        "benefits": list(dict.fromkeys([told["benefit"], *told["other_benefits"]])),
        "grounds": list(dict.fromkeys([told["ground"], *told["other_grounds"]])),
        "notice_by_email": told["answer_by"] == BY_EMAIL,
        "receipt_by_email": told["answer_by"] == BY_EMAIL,
    }
