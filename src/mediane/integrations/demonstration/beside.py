"""What stands beside a case of the past: its deadlines, decisions, waits, money, and the case it repeats."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Model

from mediane.casework.models import (
    Admissibility,
    Closing,
    Deadline,
    DocumentRequest,
    FinancialEffect,
    Hold,
    Link,
    Reorientation,
    RequestedDocument,
    SocialFacts,
)
from mediane.casework.queries.near_cases import asked_of
from mediane.casework.rules.money import GROWING
from mediane.casework.rules.resemblance import resemblance
from mediane.casework.states import Ending, Kinship, Verdict
from mediane.integrations.demonstration.analysis import analysed
from mediane.integrations.demonstration.pasts import A_MONTH, TWO_WEEKS, Record
from mediane.integrations.demonstration.years import Gain
from mediane.kit.french import long_date

# Before the reply leaves: written, then validated by the mediator.
RECORDED, VALIDATED = timedelta(minutes=50), timedelta(minutes=20)
LINKED = timedelta(minutes=9)
NOTED = timedelta(minutes=3)
CENTS = Decimal(100)


def linked_at(later: Record) -> datetime:
    return later.past.taken_at + LINKED


def deadlines(record: Record) -> Iterator[Deadline]:
    past = record.past
    met = {"acknowledgement": past.taken_at}
    if past.outcome:
        met |= {"admissibility": past.admitted_at, "reply": past.closed_at}
    elif record.is_inadmissible:
        met |= {"admissibility": past.closed_at}
    for kind, due in record.dues.items():
        yield Deadline(
            organisation=record.case.organisation,
            case=record.case,
            kind=kind,
            due_on=due.on,
            because=due.because,
            met_on=record.day(met[kind]) if kind in met else None,
        )


def admissibilities(record: Record) -> Iterator[Admissibility]:
    past = record.past
    if past.outcome or record.is_inadmissible:
        at = past.admitted_at if past.outcome else past.closed_at
        yield Admissibility(
            organisation=record.case.organisation,
            case=record.case,
            verdict=Verdict.ADMISSIBLE if past.outcome else Verdict.INADMISSIBLE,
            reason="" if past.outcome else past.reason,
            decided_at=at,
            notified_on=record.day(at),
            decided_by=past.mediator.name,
        )


def closings(record: Record) -> Iterator[Closing]:
    past = record.past
    if past.outcome:
        yield Closing(
            organisation=record.case.organisation,
            case=record.case,
            outcome=past.outcome,
            cause=past.topic["cause"],
            **asdict(analysed(past.topic, past.outcome, past.closed_at))
            | {"is_without_effect": not past.gains},
            closed_at=past.closed_at,
            closed_by=past.mediator.name,
        )


def reorientations(record: Record) -> Iterator[Reorientation]:
    past = record.past
    if not past.outcome and past.body:
        yield Reorientation(
            organisation=record.case.organisation,
            case=record.case,
            reason=past.reason,
            body=past.body,
            decided_at=past.closed_at,
            decided_by=past.mediator.name,
        )


def holds(record: Record) -> Iterator[Hold]:
    wait = record.past.wait
    if wait and wait.body:
        yield Hold(
            organisation=record.case.organisation,
            case=record.case,
            body=wait.body,
            reason=wait.what,
            since=record.day(wait.since),
            look_again_on=record.day(wait.since) + A_MONTH,
            ended_on=record.day(wait.until),
            ending=Ending.RESUMED,
        )


def requests(record: Record) -> Iterator[DocumentRequest]:
    """Lifted in the end: the document is elsewhere."""
    wait = record.past.wait
    if wait and not wait.body:
        record.request = DocumentRequest(
            organisation=record.case.organisation,
            case=record.case,
            asked_at=wait.since,
            asked_by=record.past.by.name,
            due_on=record.day(wait.since) + TWO_WEEKS,
            closed_at=wait.until,
            ending=Ending.LIFTED,
        )
        yield record.request


def requested(record: Record) -> Iterator[RequestedDocument]:
    if record.request and record.past.wait:
        yield RequestedDocument(
            organisation=record.case.organisation, request=record.request, label=record.past.wait.what
        )


def effects(record: Record) -> Iterator[FinancialEffect]:
    past = record.past
    for rank, gain in enumerate(past.gains, 1):
        before, after = _amounts(gain)
        yield FinancialEffect(
            organisation=record.case.organisation,
            case=record.case,
            rank=rank,
            kind=gain.kind,
            benefit=gain.benefit,
            decision=gain.decision,
            before=before,
            after=after,
            amount=gain.cents / CENTS,
            evidence=f"Notification du {long_date(record.day(past.closed_at))}",
            recorded_at=past.closed_at - RECORDED,
            recorded_by=past.by.name,
            recorded_by_id=past.by.id,
            validated_at=past.closed_at - VALIDATED,
            validated_by=past.mediator.name,
            validated_by_id=past.mediator.id,
        )


def _amounts(gain: Gain) -> tuple[Decimal, Decimal]:
    """Of a debt, as much again was owed, or more; nothing had been paid before."""
    amount = gain.cents / CENTS
    return (Decimal(0), amount) if gain.kind in GROWING else (amount, Decimal(0))


def noted_at(record: Record) -> datetime:
    return record.past.admitted_at + NOTED


def social(record: Record) -> Iterator[SocialFacts]:
    past = record.past
    if past.social:
        yield SocialFacts(
            organisation=record.case.organisation,
            case=record.case,
            **asdict(past.social),
            noted_at=noted_at(record),
            noted_by=past.by.name,
        )


def links(record: Record) -> Iterator[Link]:
    earlier = record.repeats
    if earlier is not None:
        yield Link(
            organisation=record.case.organisation,
            earlier=earlier.case,
            later=record.case,
            kinship=Kinship.REPEAT,
            reasons=list(resemblance(asked_of(earlier.case), asked_of(record.case)).reasons),
            decided_at=linked_at(record),
            decided_by=record.past.by.name,
        )


KINDS: tuple[Callable[[Record], Iterator[Model]], ...] = (
    deadlines,
    admissibilities,
    closings,
    reorientations,
    holds,
    requests,
    requested,
    effects,
    social,
    links,
)
