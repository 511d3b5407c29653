"""Beginnings of stories: cases in a given situation, made by the product’s own verbs."""

from datetime import date, datetime, timedelta
from typing import Any

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.complaints.actions import declare
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.people.models import Beneficiary
from mediane.referrals import actions as referrals
from mediane.referrals.models import Referral

PLAIN: dict[str, Any] = {
    "benefits": ["APL"],
    "grounds": ["OVERPAYMENT_NOT_UNDERSTOOD"],
    "decision_contested": "Trop-perçu d’APL de 1 842,60 €",
    "decision_on": date(2026, 10, 2),
    "asked": "Comprendre ce trop-perçu et baisser la retenue",
    "explanation": "On me retient 187 € par mois pour une dette que je ne comprends pas.",
}


def a_draft(of: Beneficiary, at: datetime, **differs: Any) -> Referral:
    """A request being written, complete but not sent."""
    with rowsecurity.working_for(rowsecurity.person(of.pk)):
        draft = referrals.start_or_resume(of=of, at=at)
        complaint = declare(
            made_on=date(2026, 10, 14),
            channel="Espace caf.fr",
            reference="26-884120",
            answered_on=date(2026, 11, 4),
            of=of,
            at=at,
        )
        referrals.save(draft=draft, at=at, complaint=complaint, **(PLAIN | differs))
    return draft


def a_case(of: Beneficiary, at: datetime, **differs: Any) -> Case:
    """A case just received, to be qualified."""
    draft = a_draft(of, at, **differs)
    with rowsecurity.working_for(rowsecurity.person(of.pk)):
        referrals.file(draft=draft, by=of.as_actor(), at=at)
        return casework.open_case(referral=draft, by=of.as_actor(), at=at)


def a_studied_case(of: Beneficiary, by: Actor, at: datetime, **differs: Any) -> Case:
    """A case taken up the next day by somebody of the service."""
    case = a_case(of, at, **differs)
    with rowsecurity.working_for(rowsecurity.staff(by.organisation_id)):
        casework.take_up(case=case, by=by, at=at + timedelta(days=1))
    return case
