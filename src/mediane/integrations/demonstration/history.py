"""Closed cases of the past, written in bulk as the verbs would have written them, but for the letters."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Model

from mediane.casework.models import Admissibility, Case, Closing, Deadline, Reorientation, Step
from mediane.casework.states import Act, Move, State, Verdict
from mediane.complaints.models import PriorComplaint, Source
from mediane.documents.models import SealingKey
from mediane.documents.queries import keyring
from mediane.eligibility.actions import as_json, counted
from mediane.eligibility.models import AnonymousAttempt, EligibilityCheck
from mediane.eligibility.queries import policy_on
from mediane.eligibility.rules import Answers, Subject
from mediane.integrations.demonstration.pasts import Past, Record
from mediane.integrations.demonstration.story import complaint_reference
from mediane.journal.models import Entry
from mediane.journal.rules import Actor
from mediane.kit import clock, references, rowsecurity, sealing
from mediane.kit.text import fold
from mediane.notifications.models import Delivery
from mediane.notifications.queries import about
from mediane.notifications.rules import Kind
from mediane.organisations.models import Organisation
from mediane.people.models import Beneficiary
from mediane.referrals.models import Referral


def write(caf: Organisation, pasts: Sequence[Past]) -> None:
    """In the order in which rows point at each other; a few statements for any number of cases."""
    with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
        records = [_blank(caf, past) for past in pasts]
        # Who writes or calls takes no test.
        tested = [record for record in records if record.is_online]
        for model, part, fill in PARTS:
            told = tested if model is EligibilityCheck else records
            for record in told:
                fill(record)
            model._default_manager.bulk_create([getattr(record, part) for record in told])
        AnonymousAttempt.objects.bulk_create([_attempt(record) for record in tested])
        steps = Step.objects.bulk_create([step for record in records for step in _steps(record)])
        Delivery.objects.bulk_create([kept_quiet(step) for step in steps])
        Deadline.objects.bulk_create([row for record in records for row in _deadlines(record)])
        Admissibility.objects.bulk_create(
            [_admissibility(record) for record in records if record.past.outcome]
        )
        Closing.objects.bulk_create([_closing(record) for record in records if record.past.outcome])
        Reorientation.objects.bulk_create(
            [_reorientation(record) for record in records if not record.past.outcome]
        )
        Entry.objects.bulk_create([entry for record in records for entry in _journal(record)])


def _attempt(record: Record) -> AnonymousAttempt:
    today = clock.day_of(record.past.filed_at, record.zone)
    return counted(check=record.check, first_stop=None, today=today)


def kept_quiet(step: Step) -> Delivery:
    """Announced in its time, as far as the queue knows."""
    return Delivery(
        organisation_id=step.organisation_id,
        about=about(step),
        kind=Kind.NONE,
        message_id="",
        sent_at=step.at,
    )


def _blank(caf: Organisation, past: Past) -> Record:
    known = {"organisation": caf}
    return Record(
        past,
        Beneficiary(**known),
        SealingKey(**known),
        PriorComplaint(**known),
        EligibilityCheck(**known),
        Referral(**known),
        Case(**known),
    )


def _person(record: Record) -> None:
    identity = record.past.identity
    for name in ("number", "title", "first_name", "last_name", "email", "phone", "postal_address"):
        setattr(record.person, name, getattr(identity, name))
    record.person.name_key = fold(f"{identity.last_name} {identity.first_name}")


def _key(record: Record) -> None:
    record.key.beneficiary_id = record.person.pk
    record.key.wrapped = sealing.wrap(sealing.new_key(), keyring())


def _complaint(record: Record) -> None:
    complaint, filed_at = record.complaint, record.past.filed_at
    complaint.beneficiary, complaint.source = record.person, Source.REGISTER
    complaint.reference = complaint_reference(record.person.number)
    complaint.subject, complaint.channel = record.past.topic["complaint"], "Espace caf.fr"
    complaint.made_on = filed_at.date() - timedelta(days=40)
    complaint.answered_on, complaint.was_answered = complaint.made_on + timedelta(days=26), True
    complaint.noted_at = filed_at


def _check(record: Record) -> None:
    check, filed_at = record.check, record.past.filed_at
    check.beneficiary, check.taken_at = record.person, filed_at
    check.policy = policy_on(clock.day_of(filed_at, record.zone))[0]
    check.answers = as_json(
        Answers(
            about_caf=True,
            subject=Subject.INDIVIDUAL_BENEFIT,
            has_complained=True,
            complained_on=record.complaint.made_on,
            was_answered=True,
            answered_on=record.complaint.answered_on,
            cra_pending=False,
            before_a_court=False,
            already_asked=False,
            is_urgent=False,
        )
    )


def _referral(record: Record) -> None:
    referral, past = record.referral, record.past
    referral.beneficiary, referral.key = record.person, record.key
    referral.complaint, referral.channel = record.complaint, past.channel
    referral.reference = references.make()
    if record.is_online:
        referral.check_passed, referral.answers = record.check, record.check.answers
    else:
        referral.received_on = clock.day_of(past.filed_at, record.zone)
    for name in ("benefits", "grounds", "asked", "explanation"):
        setattr(referral, name, past.topic[name])
    referral.decision_contested = past.topic["decision"]
    referral.started_at = referral.saved_at = referral.filed_at = past.filed_at


def _case(record: Record) -> None:
    case, past, referral = record.case, record.past, record.referral
    case.referral, case.beneficiary, case.key = referral, record.person, record.key
    for name in ("reference", "channel", "origin", "benefits", "grounds"):
        setattr(case, name, getattr(referral, name))
    case.received_at, case.received_on = past.filed_at, clock.day_of(past.filed_at, record.zone)
    case.assignee_id, case.closed_at = past.by.id, past.closed_at
    dues = record.dues
    if past.outcome:
        case.state, case.cause, case.version = State.ANSWERED, past.topic["cause"], 6
        case.admissible_on = clock.day_of(past.admitted_at, record.zone)
        case.due_on, case.due_what = dues["reply"].on, "Répondre"
    else:
        case.state, case.version = State.REDIRECTED, 5
        case.due_on, case.due_what = dues["admissibility"].on, "Décider la recevabilité"


def _story(record: Record) -> Iterator[tuple[Act | Move, State | None, State, datetime, Actor]]:
    past = record.past
    received, study = State.RECEIVED, State.UNDER_STUDY
    yield Act.FILE, None, received, past.filed_at, record.filed_by
    yield Act.ACKNOWLEDGE, None, received, past.taken_at, past.by
    yield Move.TAKE_UP, received, study, past.taken_at, past.by
    if past.outcome:
        yield Act.ADMIT, None, study, past.admitted_at, past.mediator
        yield Move.ANSWER, study, State.ANSWERED, past.closed_at, past.mediator
    else:
        yield Move.REDIRECT, study, State.REDIRECTED, past.closed_at, past.mediator


def _steps(record: Record) -> Iterator[Step]:
    for act, source, target, at, by in _story(record):
        yield Step(
            organisation=record.case.organisation,
            case=record.case,
            act=act,
            source=source or "",
            target=target,
            at=at,
            by_kind=by.kind,
            by_id=by.id,
            by_name=by.name,
            words="",
            is_shared=True,
        )


def _deadlines(record: Record) -> Iterator[Deadline]:
    past = record.past
    met = {"acknowledgement": past.taken_at}
    if past.outcome:
        met |= {"admissibility": past.admitted_at, "reply": past.closed_at}
    for kind, due in record.dues.items():
        yield Deadline(
            organisation=record.case.organisation,
            case=record.case,
            kind=kind,
            due_on=due.on,
            because=due.because,
            met_on=clock.day_of(met[kind], record.zone) if kind in met else None,
        )


def _admissibility(record: Record) -> Admissibility:
    past = record.past
    return Admissibility(
        organisation=record.case.organisation,
        case=record.case,
        verdict=Verdict.ADMISSIBLE,
        decided_at=past.admitted_at,
        notified_on=clock.day_of(past.admitted_at, record.zone),
        decided_by=past.mediator.name,
    )


def _closing(record: Record) -> Closing:
    past = record.past
    return Closing(
        organisation=record.case.organisation,
        case=record.case,
        outcome=past.outcome or "",
        cause=past.topic["cause"],
        closed_at=past.closed_at,
        closed_by=past.mediator.name,
    )


def _reorientation(record: Record) -> Reorientation:
    past = record.past
    return Reorientation(
        organisation=record.case.organisation,
        case=record.case,
        reason="OTHER_BODY",
        body="DEPARTMENT",
        decided_at=past.closed_at,
        decided_by=past.mediator.name,
    )


def _journal(record: Record) -> Iterator[Entry]:
    by, reference, at = record.filed_by, record.case.reference, record.past.filed_at
    if record.is_online:
        yield _entry(record, "eligibility", ("check", str(record.check.pk)), at, by)
    yield _entry(record, "file", ("referral", reference), at, by)
    for act, _, _, moment, by in _story(record):
        yield _entry(record, str(act), ("case", reference), moment, by)


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


PARTS: tuple[tuple[type[Model], str, Callable[[Record], None]], ...] = (
    (Beneficiary, "person", _person),
    (SealingKey, "key", _key),
    (PriorComplaint, "complaint", _complaint),
    (EligibilityCheck, "check", _check),
    (Referral, "referral", _referral),
    (Case, "case", _case),
)
