"""Beginnings of stories: a question asked about a case, by the product’s own verbs."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from mediane.casework.models import Case
from mediane.consultations import actions
from mediane.consultations.models import Consultation
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.people.models import Beneficiary
from tests.stories import a_studied_case

QUESTION = "Le trop-perçu d’APL vient-il du changement de loyer de mars ?"
ANSWER = "Oui : le loyer déclaré en mars a été saisi en avril."
# Asked on Tuesday 10 November 2026; the 11th is a holiday.
DUE = date(2026, 11, 25)


def asked(**differs: Any) -> actions.Asked:
    return actions.Asked(**{"service": "BENEFITS", "question": QUESTION, "due_on": DUE} | differs)


def a_consultation(
    of: Beneficiary, by: Actor, at: datetime, *, case: Case | None = None, **differs: Any
) -> Consultation:
    """A question to the benefits department, asked the day after the case was received."""
    case = case or a_studied_case(of, by, at)
    with rowsecurity.working_for(rowsecurity.staff(by.organisation_id)):
        return actions.ask(case=case, asked=asked(**differs), by=by, at=at + timedelta(days=1, hours=1))


def of_service(actor: Actor) -> rowsecurity.Context:
    return rowsecurity.service(actor.organisation_id, actor.service)


def answered(consultation: Consultation, by: Actor, at: datetime, text: str = ANSWER) -> None:
    with rowsecurity.working_for(of_service(by)):
        found = Consultation.objects.get(pk=consultation.pk)
        actions.answer(consultation=found, text=text, by=by, at=at)


def known(consultation: Consultation) -> Consultation:
    """Read again, by the mediation."""
    with rowsecurity.working_for(rowsecurity.staff(consultation.organisation_id)):
        return Consultation.objects.select_related("key", "case").get(pk=consultation.pk)


def photo() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (40, 30), "#8899aa").save(kept, "PNG")
    return kept.getvalue()
