"""A mail enters: kept sealed, in its place, once; then only may the server forget it."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.utils import parseaddr
from enum import StrEnum

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from mediane.casework.actions.links import kept_for
from mediane.casework.models import Case
from mediane.casework.states import State as CaseState
from mediane.documents.actions import deposit, new_sealing_key
from mediane.documents.queries import opened
from mediane.documents.rules import MAX_FILES, FileRefused, shown_name
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, rows
from mediane.mailroom.actions.pointing import point_to_procedure
from mediane.mailroom.actions.sorting import attach
from mediane.mailroom.models import Mail, MailFile, Pointer
from mediane.mailroom.queries import Words, originals, policy_of, sealed, sealed_original
from mediane.mailroom.rules import nature, threads
from mediane.mailroom.rules.arrival import Arrival, fingerprint
from mediane.mailroom.rules.reading import Letter, as_it_came, read
from mediane.mailroom.states import Nature, Policy, Remark
from mediane.organisations.models import Organisation

# Of Message-IDs, and of secrets of reply addresses: those that left from here, with the case each spoke of.
Sent = Callable[[int, Sequence[str]], Mapping[str, int | None]]


class Taken(StrEnum):
    NEW = "new"
    KNOWN = "known"
    # The server gave an old number to another letter: it stays there for somebody to look at.
    NUMBER_REUSED = "number_reused"


@transaction.atomic
def take(*, arrival: Arrival, organisation: Organisation, sent: Sent, by: Actor, at: datetime) -> Taken:
    """Keep a mail and find its place. Twice the same, from one place or from two, is kept once.

    :raises NoSpace: when the disk is full; nothing was kept, the server still holds it.
    """
    known = _known(arrival, organisation)
    if known is not None:
        return known
    letter = read(arrival.raw)
    ids = [*threads.answered(letter), *threads.tokens(letter), letter.message_id]
    ours = {**_pointers(organisation.pk, ids), **sent(organisation.pk, ids)}
    kind = nature.nature_of(letter, ours=our_addresses(organisation))
    if letter.message_id and letter.message_id in ours:
        kind = Nature.LOOP
    try:
        with transaction.atomic():
            mail = _keep(arrival, letter, organisation, kind, at)
    except IntegrityError:
        # Somebody else was taking the very same one.
        return _known(arrival, organisation) or Taken.KNOWN
    _join_files(mail, arrival, letter, by=by, at=at)
    record(verb="take_mail", subject=("mail", str(mail.public_id)), by=by, at=at)
    _place(mail, letter, ours, by=by, at=at)
    return Taken.NEW


@transaction.atomic
def put_aside(*, arrival: Arrival, organisation: Organisation, by: Actor, at: datetime) -> Taken:
    """Keep as it came a mail that could not be taken, for somebody to look at: it stops no other.

    :raises NoSpace: when the disk is full; nothing was kept, the server still holds it.
    """
    known = _known(arrival, organisation)
    if known is not None:
        return known
    mail = _keep(arrival, as_it_came(arrival.raw), organisation, Nature.PERSON, at)
    mail.remarks = [Remark.UNFORESEEN.value]
    mail.save(update_fields=["remarks"])
    record(verb="take_mail", subject=("mail", str(mail.public_id)), by=by, at=at)
    return Taken.NEW


def our_addresses(organisation: Organisation) -> frozenset[str]:
    mailbox = settings.MAILBOXES.get(organisation.code)
    written_from = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return frozenset(
        nature.without_tag(address) for address in (written_from, mailbox and mailbox["address"]) if address
    )


def _known(arrival: Arrival, organisation: Organisation) -> Taken | None:
    mails, place = Mail.objects.filter(organisation=organisation), arrival.place
    print_ = fingerprint(arrival.raw)
    here = mails.filter(mailbox=place.mailbox, uidvalidity=place.uidvalidity, uid=place.uid).first()
    if here is not None and here.fingerprint != print_:
        return Taken.NUMBER_REUSED
    return Taken.KNOWN if here is not None or mails.filter(fingerprint=print_).exists() else None


def _pointers(organisation_id: int, ids: Sequence[str]) -> dict[str, int | None]:
    found = Pointer.objects.filter(organisation_id=organisation_id, message_id__in=ids)
    return dict.fromkeys(found.values_list("message_id", flat=True))


def _keep(arrival: Arrival, letter: Letter, organisation: Organisation, kind: Nature, at: datetime) -> Mail:
    row = new_sealing_key(organisation_id=organisation.pk, beneficiary_id=None)
    key, public_id = opened(row), uuid.uuid4()
    words = Words(letter.sender_name, letter.sender, letter.subject, letter.text)
    return Mail.objects.create(
        organisation=organisation,
        key=row,
        public_id=public_id,
        mailbox=arrival.place.mailbox,
        uidvalidity=arrival.place.uidvalidity,
        uid=arrival.place.uid,
        fingerprint=fingerprint(arrival.raw),
        blob=originals().write(sealed_original(arrival.raw, key=key, public_id=public_id)),
        size=arrival.size,
        sealed=sealed(words, key=key, public_id=public_id),
        sender_mark=salted_hmac("mediane.mailroom", letter.sender.lower(), algorithm="sha256").hexdigest(),
        nature=kind,
        remarks=[remark.value for remark in _remarks(arrival, letter)],
        received_at=arrival.received_at,
        taken_at=at,
    )


def _remarks(arrival: Arrival, letter: Letter) -> list[Remark]:
    found = {
        Remark.TOO_LARGE: not arrival.is_whole,
        Remark.TOO_MANY_FILES: len(letter.files) > MAX_FILES,
        Remark.BROKEN: letter.is_broken and arrival.is_whole,
        Remark.FORGED: nature.is_forged(letter),
    }
    return [remark for remark, is_so in found.items() if is_so]


def _join_files(mail: Mail, arrival: Arrival, letter: Letter, *, by: Actor, at: datetime) -> None:
    """Files of a machine or of a stranger’s list are named, not opened."""
    if not arrival.is_whole:
        return
    rows = [
        _joined(mail, position, file.name, file.data, by=by, at=at)
        for position, file in enumerate(letter.files[:MAX_FILES], start=1)
    ]
    if any(row.refusal for row in rows):
        mail.remarks.append(Remark.FILES_REFUSED.value)
    MailFile.objects.bulk_create(rows)


def _joined(mail: Mail, position: int, name: str, data: bytes, *, by: Actor, at: datetime) -> MailFile:
    row = MailFile(organisation_id=mail.organisation_id, mail=mail, name=shown_name(name))
    if mail.nature != Nature.PERSON:
        row.refusal = "Elle n’a pas été ouverte."
        return row
    try:
        row.document = deposit(name=name, data=data, position=position, key=mail.key, by=by, at=at)
    except FileRefused as refused:
        row.refusal = refused.sentence[:400]
    return row


def _place(mail: Mail, letter: Letter, ours: Mapping[str, int | None], *, by: Actor, at: datetime) -> None:
    secrets = [*threads.answered(letter), *threads.tokens(letter)]
    threaded = next((ours[secret] for secret in secrets if ours.get(secret)), None)
    cited = threads.cited(letter.subject)
    cases = Case.objects.filter(organisation_id=mail.organisation_id)
    proposed = cases.filter(pk=threaded).first() if threaded else cases.filter(reference=cited).first()
    if cited and proposed is None:
        mail.remarks.append(Remark.UNKNOWN_REFERENCE.value)
    mail.case = proposed
    mail.save(update_fields=["remarks", "case"])
    is_sure = mail.nature == Nature.PERSON and Remark.FORGED not in mail.remarks
    if (
        threaded
        and proposed is not None
        and is_sure
        and Remark.TOO_LARGE not in mail.remarks
        and _is_worked_on(proposed)
    ):
        attach(mail=mail, case=proposed, by=by, at=at)
    elif proposed is None and _is_closed(mail.organisation, at):
        point_to_procedure(mail=mail, letter=letter, ours=our_addresses(mail.organisation), by=by, at=at)


def _is_worked_on(case: Case) -> bool:
    """Nobody looks for news of a closed case: a mail about one waits in the tray, where somebody reads it.

    Held: nobody closes it meanwhile. What is sent about a duplicate is read where it is answered.
    """
    rows.hold(case)
    return (kept_for(case) if case.state == CaseState.MERGED else case).is_open


def _is_closed(organisation: Organisation, at: datetime) -> bool:
    return policy_of(organisation.pk, clock.day_of(at, organisation.time_zone)) is Policy.CLOSED
