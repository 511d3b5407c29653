from datetime import datetime

from mediane.casework.actions.schedule import first_dues, set_deadlines
from mediane.casework.actions.step import happened
from mediane.casework.actions.urgency import note_signals
from mediane.casework.models import Case
from mediane.casework.states import Act
from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.organisations.queries import by_id
from mediane.referrals.models import Referral
from mediane.referrals.rules import received_at


def open_case(*, referral: Referral, by: Actor, at: datetime) -> Case:
    """Open the case of a filed referral: deadlines from the day it was received, in the Caf’s own time."""
    organisation = by_id(referral.organisation_id)
    received = received_at(referral.received_on, referral.filed_at or at, organisation.time_zone)
    received_on = clock.day_of(received, organisation.time_zone)
    case = Case(
        organisation=organisation,
        referral=referral,
        beneficiary_id=referral.beneficiary_id,
        key_id=referral.key_id,
        reference=referral.reference,
        channel=referral.channel,
        origin=referral.origin,
        benefits=referral.benefits,
        grounds=referral.grounds,
        is_urgent=bool(referral.urgency),
        received_at=received,
        received_on=received_on,
        due_on=received_on,
        due_what="Qualifier",
    )
    dues = first_dues(case)
    happened(case=case, act=Act.FILE, by=by, at=at)
    set_deadlines(case, dues)
    note_signals(case)
    return case
