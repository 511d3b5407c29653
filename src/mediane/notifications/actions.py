"""Messages sent by e-mail.

A delivery is written, then the message leaves, then the transaction commits. A crash in between sends it
once more with the same Message-ID: at least once on the wire, and mailboxes show one.
"""

from datetime import date, datetime
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.crypto import salted_hmac

from mediane.casework.actions import note_reminded, remind_on_paper
from mediane.casework.models import Appointment, Case, DocumentRequest
from mediane.casework.queries.waits import reminder_days, still_asked
from mediane.casework.rules.waits import reminder_due
from mediane.consultations.models import Chase
from mediane.eligibility.actions import note_announced
from mediane.eligibility.models import EligibilityCheck
from mediane.journal.rules import system
from mediane.kit import clock
from mediane.notifications.models import Delivery
from mediane.notifications.queries import (
    about,
    about_appointment,
    about_wait,
    is_noted,
    is_reminded,
    is_still_true,
    latest_referral,
    steps_to_announce,
    wishes_of,
)
from mediane.notifications.rules import (
    Kind,
    Receipt,
    kind_for,
    notice_text,
    receipt_text,
    service_subject,
    service_text,
    subject_of,
)
from mediane.organisations.models import Membership

# Who writes, as the mailbox shows it: the subject of the procedure is not on the envelope.
SENDER = "Caf"


@transaction.atomic
def announce(*, case: Case, at: datetime) -> Kind:
    """Tell the person, once, of everything that was done and not told yet; NONE when nothing left."""
    waiting = steps_to_announce(case)
    if not waiting:
        return Kind.NONE
    wishes = wishes_of(case.beneficiary, case.referral)
    kind = kind_for([step.act for step in waiting], wishes)
    message_id = _message_id(case.organisation_id, about(waiting[0]), kind)
    # One of two jobs waits here for the other, then finds nothing new.
    new = [step for step in waiting if _note(case.organisation_id, about(step), kind, message_id, at)]
    if not new or kind is Kind.NONE:
        return Kind.NONE
    receipt_kinds = (Kind.REGISTRATION, Kind.ACKNOWLEDGEMENT)
    reply_to = _reply_address(case.organisation.code, message_id)
    text = (
        receipt_text(kind, _receipt(case), _space(), may_reply=bool(reply_to))
        if kind in receipt_kinds
        else notice_text(kind, _space(), may_reply=bool(reply_to))
    )
    _send(wishes.address, kind, text, message_id, reply_to)
    return kind


@transaction.atomic
def announce_possible(*, check: EligibilityCheck, at: datetime) -> Kind:
    """Tell somebody who came too early that the day has come; nobody who filed since, or said no."""
    note_announced(check=check, at=at)
    written = latest_referral(check)
    if written is not None and written.filed_at is not None and written.filed_at > check.taken_at:
        return Kind.NONE
    wishes = wishes_of(check.beneficiary, written)
    if not (wishes.address and wishes.notice_by_email):
        return Kind.NONE
    # One e-mail a day a person, however many attempts were kept.
    topic = f"possible:{check.beneficiary_id}:{check.possible_from}"
    message_id = _message_id(check.organisation_id, topic, Kind.POSSIBLE)
    if not _note(check.organisation_id, topic, Kind.POSSIBLE, message_id, at):
        return Kind.NONE
    _send(wishes.address, Kind.POSSIBLE, notice_text(Kind.POSSIBLE, _space()), message_id)
    return Kind.POSSIBLE


@transaction.atomic
def remind(*, appointment: Appointment, at: datetime) -> Kind:
    """Say, the day before, that something awaits, and nothing of what; once for one moment."""
    case, caf = appointment.case, appointment.organisation
    if not is_reminded(appointment, at):
        return Kind.NONE
    wishes = wishes_of(case.beneficiary, case.referral)
    kind = Kind.REMINDER if wishes.address and wishes.notice_by_email else Kind.NONE
    topic = about_appointment(appointment)
    message_id = _message_id(caf.pk, topic, kind)
    if not _note(caf.pk, topic, kind, message_id, at) or kind is Kind.NONE:
        return Kind.NONE
    _send(wishes.address, kind, notice_text(kind, _space()), message_id)
    return kind


@transaction.atomic
def remind_of_documents(*, request_id: int, at: datetime) -> Kind:
    """Say again that something is awaited, and nothing of what; on paper where no e-mail may leave.

    Each day of the ladder once, whichever way; nobody who answered, or whose case is closed, is reminded.
    """
    found = still_asked(request_id)
    day = reminder_due(reminder_days(found[1]), _today(found[0], at)) if found else None
    if found is None or day is None:
        return Kind.NONE
    case, topic = found[0].case, about_wait(request_id, day)
    wishes = wishes_of(case.beneficiary, case.referral)
    kind = Kind.AWAITED if wishes.address and wishes.notice_by_email else Kind.NONE
    message_id = _message_id(case.organisation_id, topic, kind)
    if is_noted(topic, case.organisation_id) or not _note(case.organisation_id, topic, kind, message_id, at):
        return Kind.NONE
    if kind is Kind.NONE:
        remind_on_paper(case=case, by=system(case.organisation_id), at=at)
        return kind
    note_reminded(case=case, by=system(case.organisation_id), at=at)
    _send(wishes.address, kind, notice_text(kind, _space()), message_id)
    return kind


def _today(request: DocumentRequest, at: datetime) -> date:
    return clock.day_of(at, request.organisation.time_zone)


def tell_contact(*, chase: Chase, contact: Membership, at: datetime) -> Kind:
    """Tell somebody of a service that a question awaits, or no longer; never about whom. Once each."""
    if not is_still_true(chase):
        return Kind.NONE
    topic = f"chase:{chase.pk}:{contact.user_id}"
    message_id = _message_id(chase.organisation_id, topic, Kind.SERVICE)
    if not _note(chase.organisation_id, topic, Kind.SERVICE, message_id, at):
        return Kind.NONE
    page = f"{settings.PUBLIC_URL}/services/{chase.consultation.public_id}/"
    text = service_text(chase.word, chase.due_on, page)
    _send(contact.user.email, Kind.SERVICE, text, message_id, subject=service_subject(chase.word))
    return Kind.SERVICE


def _note(organisation_id: int, topic: str, kind: Kind, message_id: str, at: datetime) -> bool:
    """Whether this is the first time."""
    _, is_new = Delivery.objects.get_or_create(
        organisation_id=organisation_id,
        about=topic,
        kind=kind,
        defaults={"message_id": "" if kind is Kind.NONE else message_id, "sent_at": at},
    )
    return is_new


def _receipt(case: Case) -> Receipt:
    caf = case.organisation
    return Receipt(
        reference=case.reference,
        received_on=case.received_on,
        service=caf.name,
        postal_address=caf.postal_address,
        phone=caf.phone,
        email=caf.email,
    )


def _space() -> str:
    """A door without a key: whoever opens it still signs in."""
    return f"{settings.PUBLIC_URL}/espace/"


def _message_id(organisation_id: int, topic: str, kind: Kind) -> str:
    """The same for the same message, and telling nothing of it."""
    digest = salted_hmac("mediane.notifications", f"{organisation_id}:{topic}:{kind}", algorithm="sha256")
    return f"<{digest.hexdigest()[:32]}@{_address().rpartition('@')[2]}>"


def _address() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _reply_address(code: str, message_id: str) -> str:
    """Where the Caf reads its mail, an address of its own: only who received this message knows it."""
    mailbox = settings.MAILBOXES.get(code)
    if mailbox is None:
        return ""
    local, _, domain = mailbox["address"].rpartition("@")
    return f"{local}+{message_id.strip('<>').partition('@')[0]}@{domain}"


def _send(
    address: str, kind: Kind, text: str, message_id: str, reply_to: str = "", *, subject: str = ""
) -> None:
    EmailMessage(
        subject=subject or subject_of(kind),
        body=text,
        from_email=formataddr((SENDER, _address())),
        to=[address],
        reply_to=[reply_to] if reply_to else None,
        headers={
            "Message-ID": message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    ).send()
