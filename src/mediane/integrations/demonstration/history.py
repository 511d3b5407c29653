"""Closed cases of the past, written in bulk as the verbs would have written them, but for the letters.

Left out too, since no figure counts them and no page misses them: what was told to the register of
complaints, files joined, safe ways to be reached, the page on which a request was typed. Of cases closed more
than a year ago, the journal and the deliveries of e-mails are left out: they would be four rows in ten.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from django.db.models import Model

from mediane.casework.models import Case, Step
from mediane.casework.states import State
from mediane.complaints.models import PriorComplaint, Source
from mediane.documents.models import SealingKey
from mediane.documents.queries import keyring
from mediane.eligibility.actions import as_json, counted
from mediane.eligibility.models import AnonymousAttempt, EligibilityCheck, EligibilityPolicy
from mediane.eligibility.queries import policy_on
from mediane.eligibility.rules import Answers, Subject
from mediane.integrations.demonstration import beside
from mediane.integrations.demonstration.chronicle import entries, steps, story
from mediane.integrations.demonstration.pasts import Past, Record
from mediane.integrations.demonstration.story import complaint_reference
from mediane.kit import bulk, clock, references, rowsecurity, sealing
from mediane.kit.text import fold
from mediane.notifications.models import Delivery
from mediane.notifications.queries import about
from mediane.notifications.rules import Wishes, kind_for
from mediane.organisations.models import Organisation
from mediane.people.models import Beneficiary
from mediane.referrals.models import Referral
from mediane.referrals.rules import received_at


def write(caf: Organisation, pasts: Sequence[Past]) -> None:
    """In the order in which rows point at each other; a few statements for any number of cases.

    Whoever comes back is found among the `pasts` told before.
    """
    with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
        records = _records(caf, pasts)
        for model, part, fill in PARTS:
            told = [record for record in records if _has(record, model)]
            for record in told:
                fill(record)
            bulk.add([getattr(record, part) for record in told])
        bulk.add([_attempt(record) for record in records if record.is_online])
        written = [list(steps(record)) for record in records]
        bulk.add([step for some in written for step in some])
        bulk.add([kept_quiet(step, wishes) for wishes, step in _remembered(records, written)])
        for rows in beside.KINDS:
            bulk.add([row for record in records for row in rows(record)])
        bulk.add([entry for record in records if record.past.is_remembered for entry in entries(record)])


def _records(caf: Organisation, pasts: Sequence[Past]) -> list[Record]:
    known: dict[Past, Record] = {}
    policies: dict[date, EligibilityPolicy] = {}
    for past in pasts:
        record = known[past] = _blank(caf, past, policies)
        if past.repeats is not None:
            record.repeats = known[past.repeats]
            record.person = record.repeats.person
            record.repeats.repeated.append(record)
    return list(known.values())


def _has(record: Record, model: type[Model]) -> bool:
    """Who writes or calls takes no test; who comes back is known."""
    return {
        EligibilityCheck: record.is_online,
        PriorComplaint: record.past.is_preceded,
        Beneficiary: record.repeats is None,
    }.get(model, True)


def _remembered(records: Sequence[Record], written: Sequence[Sequence[Step]]) -> list[tuple[Wishes, Step]]:
    kept = [pair for pair in zip(records, written, strict=True) if pair[0].past.is_remembered]
    return [(_wishes(record), step) for record, some in kept for step in some if step.is_shared]


def _wishes(record: Record) -> Wishes:
    said = record.referral
    return Wishes(record.person.email, said.notice_by_email, said.receipt_by_email)


def _attempt(record: Record) -> AnonymousAttempt:
    today = clock.day_of(record.past.filed_at, record.zone)
    return counted(check=record.check, first_stop=None, today=today)


def kept_quiet(step: Step, wishes: Wishes) -> Delivery:
    """Announced in its time, as the person wished it, as far as the queue knows."""
    return Delivery(
        organisation_id=step.organisation_id,
        about=about(step),
        kind=kind_for([step.act], wishes),
        message_id="",
        sent_at=step.at,
    )


def _blank(caf: Organisation, past: Past, policies: dict[date, EligibilityPolicy]) -> Record:
    known = {"organisation": caf}
    return Record(
        past,
        Beneficiary(**known),
        SealingKey(**known),
        PriorComplaint(**known),
        EligibilityCheck(**known),
        Referral(**known),
        Case(**known),
        policies,
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
    """Found in the register by whoever is signed in; on the word of whoever writes."""
    complaint, filed_at = record.complaint, record.past.filed_at
    complaint.beneficiary, complaint.noted_at = record.person, filed_at
    if record.is_online:
        complaint.source, complaint.channel = Source.REGISTER, "Espace caf.fr"
        complaint.reference = complaint_reference(record.person.number)
        complaint.subject = record.past.topic["complaint"]
    else:
        complaint.source, complaint.channel = Source.DECLARED, "Courrier"
    complaint.made_on = received_on(record) - timedelta(days=40)
    complaint.answered_on, complaint.was_answered = complaint.made_on + timedelta(days=26), True


def received_on(record: Record) -> date:
    return record.past.received_on or record.day(record.past.filed_at)


def _check(record: Record) -> None:
    check, filed_at = record.check, record.past.filed_at
    check.beneficiary, check.taken_at = record.person, filed_at
    day = record.day(filed_at)
    if day not in record.policies:
        record.policies[day] = policy_on(day)[0]
    check.policy = record.policies[day]
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
    referral.complaint = record.complaint if past.is_preceded else None
    referral.channel, referral.origin = past.channel, past.origin
    referral.reference = references.make()
    if record.is_online:
        referral.check_passed, referral.answers = record.check, record.check.answers
    else:
        referral.received_on, referral.notice_by_email = received_on(record), False
    for name in ("benefits", "grounds", "asked", "explanation"):
        setattr(referral, name, past.topic[name])
    referral.decision_contested = past.topic["decision"]
    referral.started_at = referral.saved_at = referral.filed_at = past.filed_at


def _case(record: Record) -> None:
    case, past, referral = record.case, record.past, record.referral
    case.referral, case.beneficiary, case.key = referral, record.person, record.key
    for name in ("reference", "channel", "origin", "benefits", "grounds"):
        setattr(case, name, getattr(referral, name))
    case.received_at = received_at(referral.received_on, past.filed_at, record.zone)
    case.received_on = clock.day_of(case.received_at, record.zone)
    case.assignee_id, case.closed_at = past.by.id, past.closed_at
    dues = record.dues
    if past.outcome:
        case.state, case.cause = State.ANSWERED, past.topic["cause"]
        if past.heard is not None:
            case.grounds = list(past.heard)
        case.admissible_on = record.day(past.admitted_at)
        case.due_on, case.due_what = dues["reply"].on, "Répondre"
    else:
        case.state = State.INADMISSIBLE if record.is_inadmissible else State.REDIRECTED
        case.due_on, case.due_what = dues["admissibility"].on, "Décider la recevabilité"
    case.version = 1 + sum(1 for _ in story(record))


PARTS: tuple[tuple[type[Model], str, Callable[[Record], None]], ...] = (
    (Beneficiary, "person", _person),
    (SealingKey, "key", _key),
    (PriorComplaint, "complaint", _complaint),
    (EligibilityCheck, "check", _check),
    (Referral, "referral", _referral),
    (Case, "case", _case),
)
