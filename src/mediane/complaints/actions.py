from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from mediane.complaints.models import Failure, PriorComplaint, Source, StatusFact
from mediane.complaints.rights import may_follow_register
from mediane.complaints.rules import Fact, Inquiry, KnownComplaint, Standing
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import jobs, rows
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
    *,
    made_on: date,
    channel: str,
    reference: str,
    answered_on: date | None,
    inquiry: Inquiry | None = None,
    of: Beneficiary,
    at: datetime,
) -> PriorComplaint:
    """Keep a complaint on the person’s word, and that the register could not be asked, if it could not."""
    was_silent = inquiry is not None and inquiry.standing is Standing.SILENT
    return PriorComplaint.objects.create(
        organisation_id=of.organisation_id,
        beneficiary=of,
        source=Source.UNANSWERED if was_silent else Source.DECLARED,
        reference=reference,
        channel=channel,
        made_on=made_on,
        answered_on=answered_on,
        was_answered=answered_on is not None,
        noted_at=at,
    )


@transaction.atomic
def keep_copy(*, of: Beneficiary, at: datetime, **known: Any) -> PriorComplaint:
    """Keep a complaint as another Caf knew it: it was made to that one."""
    return PriorComplaint.objects.create(
        organisation_id=of.organisation_id, beneficiary=of, noted_at=at, **known
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


def note_facts(
    *,
    facts: Iterable[tuple[Fact, date]],
    reference: str,
    organisation_id: int,
    beneficiary_id: int,
    at: datetime,
) -> None:
    """Write what the register is to be told, in the transaction of the act that makes it true."""
    for fact, on in facts:
        rows.add(
            StatusFact(
                organisation_id=organisation_id,
                beneficiary_id=beneficiary_id,
                reference=reference,
                fact=fact,
                on=on,
                noted_at=at,
            )
        )


def note_told(*, fact: StatusFact, at: datetime) -> None:
    """Note that the register has it."""
    StatusFact.objects.filter(pk=fact.pk, told_at=None).update(told_at=at)


def note_failure(*, fact: StatusFact, failure: Failure, at: datetime) -> None:
    """Note that the register was told, and does not have it."""
    StatusFact.objects.filter(pk=fact.pk, told_at=None).update(failed_at=at, failure=failure)


@transaction.atomic
def tell_again(*, reference: str, by: Actor, at: datetime) -> None:
    """Tell the register at once what it does not know of a case, refused or not."""
    if not may_follow_register(by, by.organisation_id):
        raise PermissionDenied
    refused = StatusFact.objects.filter(
        organisation_id=by.organisation_id, reference=reference, told_at=None, failure=Failure.REFUSED
    )
    refused.update(failure="", failed_at=None)
    record(verb="tell_again", subject=("case", reference), by=by, at=at)
    jobs.defer("tell_register", organisation_id=by.organisation_id, reference=reference)
