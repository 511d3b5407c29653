"""What happened in a case of the past, act by act: its steps, and what the journal keeps of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mediane.casework.models import Step
from mediane.casework.states import Act, Move, State
from mediane.catalogue.models import Body
from mediane.catalogue.queries import every
from mediane.integrations.demonstration.beside import effects, linked_at, noted_at, social
from mediane.integrations.demonstration.pasts import Record, Wait
from mediane.journal.models import Entry
from mediane.journal.rules import Actor


@dataclass(frozen=True)
class Happened:
    act: Act | Move
    at: datetime
    by: Actor
    source: State | None
    target: State
    words: str = ""
    is_shared: bool = True


def steps(record: Record) -> Iterator[Step]:
    for one in story(record):
        yield Step(
            organisation=record.case.organisation,
            case=record.case,
            act=one.act,
            source=one.source or "",
            target=one.target,
            at=one.at,
            by_kind=one.by.kind,
            by_id=one.by.id,
            by_name=one.by.name,
            words=one.words,
            is_shared=one.is_shared,
        )


def entries(record: Record) -> Iterator[Entry]:
    by, reference, at = record.filed_by, record.case.reference, record.past.filed_at
    if record.is_online:
        yield _entry(record, "eligibility", ("check", str(record.check.pk)), at, by)
    yield _entry(record, "file", ("referral", reference), at, by)
    for one in story(record):
        yield _entry(record, str(one.act), ("case", reference), one.at, one.by)


def story(record: Record) -> Iterator[Happened]:
    past, received, study = record.past, State.RECEIVED, State.UNDER_STUDY
    yield Happened(Act.FILE, past.filed_at, record.filed_by, None, received)
    yield Happened(Act.ACKNOWLEDGE, past.taken_at, past.by, None, received)
    yield Happened(Move.TAKE_UP, past.taken_at, past.by, received, study)
    if record.repeats:
        yield _linked(record.repeats, study, record)
    if past.outcome:
        yield Happened(Act.ADMIT, past.admitted_at, past.mediator, None, study)
        if any(social(record)):
            yield Happened(Act.NOTE_SOCIAL, noted_at(record), past.by, None, study, is_shared=False)
        if past.wait:
            yield from _waited(past.wait, past.by)
        yield from _gained(record)
        yield Happened(Move.ANSWER, past.closed_at, past.mediator, study, State.ANSWERED)
    elif record.is_inadmissible:
        yield Happened(Move.DECLARE_INADMISSIBLE, past.closed_at, past.mediator, study, State.INADMISSIBLE)
    else:
        yield Happened(Move.REDIRECT, past.closed_at, past.mediator, study, State.REDIRECTED)
    for later in record.repeated:
        yield _linked(later, State.ANSWERED, later)


def _linked(other: Record, target: State, later: Record) -> Happened:
    """Written in both cases by whoever takes the later one up."""
    words = other.referral.reference
    return Happened(Act.LINK_REPEAT, linked_at(later), later.past.by, None, target, words, is_shared=False)


def _waited(wait: Wait, by: Actor) -> Iterator[Happened]:
    study, decision, person = State.UNDER_STUDY, State.AWAITING_DECISION, State.AWAITING_BENEFICIARY
    if wait.body:
        yield Happened(Move.AWAIT_DECISION, wait.since, by, study, decision, every(Body)[wait.body].label)
        yield Happened(Move.RESUME, wait.until, by, decision, study)
    else:
        yield Happened(Move.ASK_BENEFICIARY, wait.since, by, study, person, wait.what)
        yield Happened(Act.LIFT, wait.until, by, None, person, wait.what)
        yield Happened(Move.RESUME, wait.until, by, person, study)


def _gained(record: Record) -> Iterator[Happened]:
    """Lines are written one after the other, then validated together."""
    past, lines = record.past, list(effects(record))
    for act, by in ((Act.RECORD_EFFECT, past.by), (Act.VALIDATE_EFFECT, past.mediator)):
        for line in lines:
            at = line.recorded_at if act is Act.RECORD_EFFECT else line.validated_at or past.closed_at
            yield Happened(act, at, by, None, State.UNDER_STUDY, str(line), is_shared=False)


def _entry(record: Record, verb: str, subject: tuple[str, str], at: datetime, by: Actor) -> Entry:
    return Entry(
        at=at,
        organisation_id=by.organisation_id,
        beneficiary_id=record.person.pk,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        verb=verb,
        subject_kind=subject[0],
        subject=subject[1],
    )
