from datetime import date, datetime

from django.db import transaction

from mediane.complaints.models import PriorComplaint, Source
from mediane.complaints.rules import KnownComplaint
from mediane.people.models import Beneficiary


@transaction.atomic
def note_known(*, complaint: KnownComplaint, of: Beneficiary, at: datetime) -> PriorComplaint:
    """Keep a complaint of the register as it stood when the person chose it."""
    return PriorComplaint.objects.create(
        organisation_id=of.organisation_id,
        beneficiary=of,
        source=Source.REGISTER,
        reference=complaint.reference,
        subject=complaint.subject,
        channel=complaint.channel,
        made_on=complaint.made_on,
        answered_on=complaint.answered_on,
        was_answered=complaint.answered_on is not None,
        noted_at=at,
    )


@transaction.atomic
def declare(
    *, made_on: date, channel: str, reference: str, answered_on: date | None, of: Beneficiary, at: datetime
) -> PriorComplaint:
    """Keep a complaint on the person’s word."""
    return PriorComplaint.objects.create(
        organisation_id=of.organisation_id,
        beneficiary=of,
        source=Source.DECLARED,
        reference=reference,
        channel=channel,
        made_on=made_on,
        answered_on=answered_on,
        was_answered=answered_on is not None,
        noted_at=at,
    )


@transaction.atomic
def note_answer(*, complaint: PriorComplaint, was_answered: bool, answered_on: date | None) -> None:
    """Keep what the person says of the Caf’s answer."""
    complaint.was_answered = was_answered
    complaint.answered_on = answered_on
    complaint.save(update_fields=["was_answered", "answered_on"])


@transaction.atomic
def forget(*, complaint: PriorComplaint) -> None:
    """Remove a complaint that no request rests on any more: the person chose another one."""
    complaint.delete()
