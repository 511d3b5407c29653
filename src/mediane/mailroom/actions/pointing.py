"""A closed mailbox says where to go instead: once a week to one sender, never to a machine."""

from datetime import datetime
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from mediane.journal.rules import Actor
from mediane.kit import jobs, rows
from mediane.mailroom.actions.sorting import set_aside
from mediane.mailroom.models import Mail, Pointer
from mediane.mailroom.queries import original_of, pointer_of, words_of
from mediane.mailroom.rules.nature import LOOP_MARK, may_be_answered
from mediane.mailroom.rules.pointing import ONCE_IN, SUBJECT
from mediane.mailroom.rules.reading import Letter, read
from mediane.mailroom.states import Why

SENDER = "Caf"


@transaction.atomic
def point_to_procedure(
    *, mail: Mail, letter: Letter, ours: frozenset[str], by: Actor, at: datetime
) -> Pointer | None:
    """Answer with the other doors and set aside; what may not be answered waits for somebody."""
    if not may_be_answered(letter, ours=ours):
        return None
    with connection.cursor() as cursor:
        # Two mails of one sender at once: the second waits here, then sees the first.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [mail.sender_mark])
    set_aside(mail=mail, why=Why.POINTED, by=by, at=at)
    recent = Pointer.objects.filter(
        organisation_id=mail.organisation_id, sender_mark=mail.sender_mark, decided_at__gt=at - ONCE_IN
    )
    if recent.exists():
        return None
    pointer = Pointer.objects.create(
        organisation_id=mail.organisation_id,
        mail=mail,
        sender_mark=mail.sender_mark,
        decided_at=at,
        message_id=_message_id(mail),
    )
    jobs.defer("send_pointer", organisation_id=mail.organisation_id, pointer_id=pointer.pk)
    return pointer


@transaction.atomic
def send_pointer(*, pointer: Pointer, at: datetime) -> None:
    """Send it, once: written as sent, then sent, then committed."""
    rows.hold(pointer)
    if pointer.sent_at is not None:
        return
    pointer.sent_at = at
    pointer.save(update_fields=["sent_at"])
    mail, caf = pointer.mail, pointer.mail.organisation
    answered = read(original_of(mail)).message_id
    EmailMessage(
        subject=SUBJECT,
        body=pointer_of(caf),
        from_email=formataddr((SENDER, _written_from())),
        to=[words_of(mail).sender],
        headers={
            "Message-ID": pointer.message_id,
            "Auto-Submitted": "auto-replied",
            "X-Auto-Response-Suppress": "All",
            "Precedence": "auto_reply",
            "X-Loop": LOOP_MARK,
        }
        | ({"In-Reply-To": answered, "References": answered} if answered else {}),
    ).send()


def _message_id(mail: Mail) -> str:
    """The same for the same mail: sent twice after a crash, mailboxes show one."""
    digest = salted_hmac("mediane.mailroom.pointer", str(mail.public_id), algorithm="sha256").hexdigest()
    return f"<{digest[:32]}@{_written_from().rpartition('@')[2]}>"


def _written_from() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
