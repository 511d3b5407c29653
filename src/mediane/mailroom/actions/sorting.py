"""What becomes of a mail: a message of a case, a request of its own, or nothing, with a reason."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mediane.casework import actions as casework
from mediane.casework.actions import Entry
from mediane.casework.models import Case, Message
from mediane.casework.rights import require
from mediane.documents import actions as documents
from mediane.documents.models import Document
from mediane.documents.rules import MAX_FILES, FileRefused
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, rows
from mediane.kit.french import long_date
from mediane.kit.refusal import Refusal
from mediane.mailroom import rights
from mediane.mailroom.models import Mail
from mediane.mailroom.queries import mails_of, original_of, words_of
from mediane.mailroom.rules.reading import read
from mediane.mailroom.states import UNOPENED, State, Why
from mediane.people.actions import Identity
from mediane.people.models import Beneficiary
from mediane.referrals.queries import entered_on

LONGEST_MESSAGE = 20_000
CUT = "\n\n[Message coupé\u00a0: l’original est gardé par le service médiation.]"
# What was set aside may still be joined: a reason may have been wrong.
STILL_FREE = (State.WAITING, State.SET_ASIDE)


class AlreadySorted(Refusal):
    """Somebody was first; says who, and what became of it."""


@transaction.atomic
def open_mail(*, public_id: UUID, by: Actor, at: datetime) -> Mail:
    """Open a mail of one’s Caf, and write the reading in the journal.

    :raises Mail.DoesNotExist: for an unknown one as for another Caf’s.
    """
    mail = mails_of(by.organisation_id).get(public_id=public_id)
    record(verb="read_mail", subject=("mail", str(mail.public_id)), by=by, at=at)
    return mail


@transaction.atomic
def attach(*, mail: Mail, case: Case, by: Actor, at: datetime) -> Message:
    """Make it a message of the case, with its files: they pass the same checks again, under its key.

    :raises AlreadySorted: if it has already found its place.
    """
    _hold(mail, by, STILL_FREE)
    words = words_of(mail)
    message = casework.receive_email(
        case=case,
        author=words.who,
        body=_body(words.subject, words.text),
        documents=_hand_over(mail, case, by=by, at=at),
        sent_at=mail.received_at,
        by=by,
        at=at,
    )
    _sort(mail, State.ATTACHED, case=case, by=by, at=at)
    return message


@transaction.atomic
def register(*, mail: Mail, entry: Entry, of: Beneficiary | Identity, by: Actor, at: datetime) -> Case:
    """Enter the request that a mail makes, and open its case; its files become the case’s.

    The same page sent twice finds the first case.

    :raises AlreadySorted: if it has already found its place.
    :raises people.actions.NumberTaken, referrals.AlreadyEntered, FileRefused: as for any request entered.
    """
    try:
        _hold(mail, by, STILL_FREE)
    except AlreadySorted:
        first = entered_on(by.organisation_id, entry.arrival.entry_key)
        if first is None or mail.case is None or mail.case.referral_id != first.pk:
            raise
        return casework.register(entry=entry, of=of, by=by, at=at)
    case = casework.register(entry=entry, of=of, by=by, at=at)
    _hand_over(mail, case, by=by, at=at)
    _sort(mail, State.REGISTERED, case=case, by=by, at=at)
    return case


@transaction.atomic
def set_aside(*, mail: Mail, why: Why, words: str = "", by: Actor, at: datetime) -> None:
    """Make nothing of it, and say why.

    :raises AlreadySorted: if it has already found its place.
    """
    _hold(mail, by, (State.WAITING,))
    mail.why, mail.words = why, words
    _sort(mail, State.SET_ASIDE, case=mail.case, by=by, at=at)


def _hold(mail: Mail, by: Actor, free: tuple[State, ...]) -> None:
    require(rights.may_sort(by, mail.organisation_id))
    rows.hold(mail, keep=("key", "organisation"))
    if mail.state not in free:
        on = long_date(clock.day_of(mail.sorted_at or mail.taken_at, mail.organisation.time_zone))
        what = State(mail.state).label.lower()
        raise AlreadySorted(f"{mail.sorted_by} a classé ce courriel le {on}\u00a0: {what}.")


def _sort(mail: Mail, state: State, *, case: Case | None, by: Actor, at: datetime) -> None:
    mail.state, mail.case, mail.sorted_at, mail.sorted_by = state, case, at, by.name
    if state != State.SET_ASIDE:
        mail.why = mail.words = ""
    mail.save(update_fields=["state", "case", "why", "words", "sorted_at", "sorted_by"])
    record(
        verb=f"{state}_mail",
        subject=("mail", str(mail.public_id)),
        by=by,
        at=at,
        beneficiary_id=case.beneficiary_id if case and state != State.SET_ASIDE else None,
        case=case.reference if case and state != State.SET_ASIDE else "",
    )


def _hand_over(mail: Mail, case: Case, *, by: Actor, at: datetime) -> list[Document]:
    """From the original again, even what was not opened so far; copies of the tray are taken back."""
    for row in mail.files.select_related("document").exclude(document=None):
        document, row.document = row.document, None
        row.save(update_fields=["document"])
        if document is not None:
            documents.remove(document=document)
    if not UNOPENED.isdisjoint(mail.remarks):
        return []
    handed = []
    for position, file in enumerate(read(original_of(mail)).files[:MAX_FILES], start=1):
        try:
            handed.append(
                documents.deposit(
                    name=file.name, data=file.data, position=position, key=case.key, by=by, at=at
                )
            )
        except FileRefused:
            # The tray says which, and why; the original keeps it.
            continue
    return handed


def _body(subject: str, text: str) -> str:
    whole = "\n\n".join(part for part in (subject, text.strip()) if part) or "Courriel sans texte."
    return whole if len(whole) <= LONGEST_MESSAGE else whole[: LONGEST_MESSAGE - len(CUT)] + CUT
