import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from mediane.documents import actions as documents
from mediane.documents import rules as files
from mediane.documents.models import Document
from mediane.documents.queries import content, opened
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import jobs, references, rows, sealing
from mediane.kit.refusal import Refusal
from mediane.mandates.models import Mandate
from mediane.people.models import Beneficiary
from mediane.referrals.models import KeptFile, Referral, ReferralDocument
from mediane.referrals.queries import documents_of, kept_files, typed_pages
from mediane.referrals.rules import SAFE_CONTACT, TYPED, Arrival

ANSWERED = (
    "complaint",
    "check_passed",
    "answers",
    "benefits",
    "grounds",
    "decision_contested",
    "decision_on",
    "asked",
    "explanation",
    "urgency",
    "notice_by_email",
    "receipt_by_email",
    "helper",
)


KNOWN_OF_A_FILE = (
    "shown_name",
    "our_name",
    "media_type",
    "size",
    "pages",
    "sha256",
    "state",
    "deposited_at",
    "deposited_by",
)


class AlreadyFiled(Refusal):
    """What was sent does not change any more."""


class Incomplete(Refusal):
    """Something that every request needs is missing."""


class AlreadyEntered(Refusal):
    """The page it is entered on has served before."""

    def __init__(self, referral: Referral, sentence: str) -> None:
        super().__init__(sentence)
        self.referral = referral


@transaction.atomic
def start_or_resume(*, of: Beneficiary, at: datetime, under: Mandate | None = None) -> Referral:
    """The person’s draft: the one under way, or a new one. There is one at a time.

    Whoever acts for them has another of their own, which the person does not see before it is sent.
    """
    draft = Referral.objects.drafts().filter(beneficiary=of, mandate=under).first()
    if draft is not None:
        return draft
    try:
        with transaction.atomic():
            key = documents.new_sealing_key(organisation_id=of.organisation_id, beneficiary_id=of.pk)
            return Referral.objects.create(
                organisation_id=of.organisation_id,
                beneficiary=of,
                reference=references.make(),
                key=key,
                mandate=under,
                started_at=at,
                saved_at=at,
            )
    except IntegrityError:
        # Two tabs at once: the other one’s draft is the draft.
        return Referral.objects.drafts().get(beneficiary=of, mandate=under)


@transaction.atomic
def enter(
    *, arrival: Arrival, of: Beneficiary, at: datetime, safe_contact: dict[str, str], **typed: Any
) -> Referral:
    """Write down, for the person, a request that came by another door; the same transaction sends it.

    :raises AlreadyEntered: when this page was sent before: the request of that time is with it.
    """
    try:
        with transaction.atomic():
            key = documents.new_sealing_key(organisation_id=of.organisation_id, beneficiary_id=of.pk)
            draft = Referral.objects.create(
                organisation_id=of.organisation_id,
                beneficiary=of,
                reference=references.make(),
                key=key,
                channel=arrival.channel,
                origin=arrival.origin,
                received_on=arrival.received_on,
                entry_key=arrival.entry_key,
                started_at=at,
                saved_at=at,
            )
    except IntegrityError:
        # A double click: one waited for the other here.
        first = Referral.objects.filter(
            organisation_id=of.organisation_id, entry_key=arrival.entry_key
        ).first()
        if first is None:
            raise
        raise AlreadyEntered(first, f"Cette page a déjà enregistré la demande {first.reference}.") from None
    save(draft=draft, at=at, safe_contact=safe_contact, **typed)
    return draft


@transaction.atomic
def save(*, draft: Referral, at: datetime, safe_contact: dict[str, str] | None = None, **typed: Any) -> None:
    """Keep what was typed so far, complete or not.

    :raises AlreadyFiled: if another tab sent it meanwhile.
    """
    if unknown := set(typed) - set(ANSWERED):
        raise TypeError(f"Not typed by the person: {unknown}")
    _lock_draft(draft)
    for name, value in typed.items():
        setattr(draft, name, value)
    if safe_contact is not None:
        draft.safe_contact = sealing.seal(
            json.dumps(safe_contact).encode(), opened(draft.key), context=SAFE_CONTACT
        )
    draft.saved_at = at
    draft.save()


@transaction.atomic
def keep_typed(*, draft: Referral, page: str, values: dict[str, list[str]], at: datetime) -> None:
    """Keep what stands on a page as it stands, right or wrong. No values: the page is settled.

    :raises AlreadyFiled: if another tab sent it meanwhile.
    """
    _lock_draft(draft)
    pages = typed_pages(draft)
    pages.pop(page, None)
    if values:
        pages[page] = values
    plain = json.dumps(pages).encode()
    draft.typed = sealing.seal(plain, opened(draft.key), context=TYPED) if pages else None
    draft.saved_at = at
    draft.save(update_fields=["typed", "saved_at"])


def join(*, draft: Referral, name: str, data: bytes, by: Actor, at: datetime) -> Document:
    """Add a file to the draft. Whatever refuses it does so before anything is written.

    :raises files.FileRefused: with the reason and what to do; nothing else is lost.
    :raises AlreadyFiled: if another tab sent it meanwhile.
    """
    _lock_draft(draft)
    there = documents_of(draft)
    files.check_room(files=len(there) + 1, total_bytes=sum(document.size for document in there) + len(data))
    document = documents.deposit(name=name, data=data, position=len(there) + 1, key=draft.key, by=by, at=at)
    rows.add(ReferralDocument(organisation_id=draft.organisation_id, referral=draft, document=document))
    return document


@transaction.atomic
def join_copy(*, draft: Referral, document: Document) -> None:
    """Join a file that another Caf had accepted."""
    _lock_draft(draft)
    ReferralDocument.objects.create(organisation_id=draft.organisation_id, referral=draft, document=document)


@transaction.atomic
def take_back(*, draft: Referral, document: Document) -> None:
    """Remove a file from the draft.

    :raises AlreadyFiled: if another tab sent it meanwhile.
    """
    _lock_draft(draft)
    draft.joined.filter(document=document).delete()
    documents.remove(document=document)


@transaction.atomic
def keep(*, entry_key: UUID, name: str, data: bytes, by: Actor, at: datetime) -> None:
    """Keep a file of a request being entered, whose person is not known yet: its Caf alone may read it.

    :raises files.FileRefused: with the reason and what to do; nothing else is lost.
    """
    there = kept_files(by.organisation_id, entry_key)
    files.check_room(files=len(there) + 1, total_bytes=sum(document.size for document in there) + len(data))
    key = (
        there[0].key
        if there
        else documents.new_sealing_key(organisation_id=by.organisation_id, beneficiary_id=None)
    )
    document = documents.deposit(name=name, data=data, position=len(there) + 1, key=key, by=by, at=at)
    if any((one.sha256, one.shown_name) == (document.sha256, document.shown_name) for one in there):
        # The browser went back, and sent it again.
        documents.remove(document=document)
        return
    KeptFile.objects.create(organisation_id=by.organisation_id, entry_key=entry_key, document=document)


@transaction.atomic
def drop(*, entry_key: UUID, public_id: UUID, by: Actor) -> None:
    """Take back a kept file; one that is gone stays gone."""
    for document in kept_files(by.organisation_id, entry_key):
        if document.public_id == public_id:
            _forget(document)


@transaction.atomic
def join_kept(*, draft: Referral, entry_key: UUID) -> None:
    """Join what its page kept, sealed anew with the key of the request."""
    kept = kept_files(draft.organisation_id, entry_key)
    for document in kept:
        known = {name: getattr(document, name) for name in KNOWN_OF_A_FILE}
        data = content(document)
        _forget(document)
        join_copy(draft=draft, document=documents.keep_copy(known=known, data=data, key=draft.key))
    if kept:
        jobs.defer_all(documents.to_be_read(organisation_id=draft.organisation_id, key_id=draft.key_id))


@transaction.atomic
def forget_kept(*, organisation_id: int, before: datetime) -> None:
    """Remove what was kept for requests that were never entered."""
    rows = KeptFile.objects.filter(organisation_id=organisation_id, document__deposited_at__lt=before)
    for row in rows.select_related("document"):
        _forget(row.document)


def _forget(document: Document) -> None:
    KeptFile.objects.filter(document=document).delete()
    documents.remove(document=document)


def file(*, draft: Referral, by: Actor, at: datetime) -> bool:
    """Send the draft, once: a second call, or a second tab, changes nothing and returns False.

    Nothing is written before it may refuse.

    :raises Incomplete: with what is missing.
    """
    _lock(draft)
    if draft.filed_at is not None:
        return False
    for value, sentence in (
        (draft.benefits, "Indiquez la prestation concernée."),
        (draft.grounds, "Indiquez ce que vous reprochez."),
        (draft.asked, "Dites en une phrase ce que vous demandez."),
        (draft.explanation, "Expliquez ce qui s’est passé."),
    ):
        if not value:
            raise Incomplete(sentence)
    draft.filed_at = draft.saved_at = at
    draft.typed = None
    rows.change(draft, ("filed_at", "saved_at", "typed"))
    record(
        verb="file", subject=("referral", draft.reference), by=by, at=at, beneficiary_id=draft.beneficiary_id
    )
    return True


def _lock_draft(draft: Referral) -> None:
    _lock(draft)
    if draft.filed_at is not None:
        raise AlreadyFiled("Cette demande a déjà été envoyée\u00a0: elle ne change plus.")


def _lock(draft: Referral) -> None:
    rows.hold(draft, keep=("organisation", "beneficiary", "key"))
