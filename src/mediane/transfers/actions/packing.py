"""What goes into a parcel: read in the sender’s context, each file sealed with the parcel’s key."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from mediane.casework.models import Admissibility, Case
from mediane.casework.queries.reaching import reaching
from mediane.casework.rules.deadlines import Kind
from mediane.casework.rules.meetings import call_in_words
from mediane.casework.states import Act, CallKind, Verdict
from mediane.consultations.queries.desk import answer_files, answers_told
from mediane.correspondence.actions import make_pdf
from mediane.correspondence.models import Letter
from mediane.correspondence.paper import letter_pdf
from mediane.correspondence.queries import easy_sheet_of, large, sheet_of
from mediane.correspondence.queries import pdf_of as own_pdf_of
from mediane.documents.models import Document, State
from mediane.documents.queries import content
from mediane.kit import clock, sealing
from mediane.mandates.models import Mandate
from mediane.mandates.queries import standing_over
from mediane.referrals.models import Referral
from mediane.referrals.rules import carried
from mediane.transfers.actions.packing_work import left_awaited, work_of
from mediane.transfers.models import CopiedLetter, CopiedMandate, Parcel
from mediane.transfers.queries import arrival_of, blobs, context_of, mandates_with, pdf_of, story_of
from mediane.transfers.rules.contents import (
    MANDATE,
    Contents,
    PackedFile,
    PackedLetter,
    PackedMandate,
    PackedSheet,
    Told,
)
from mediane.transfers.rules.story import done

PERSON = ("title", "first_name", "last_name", "email", "phone", "postal_address")
REQUEST = (
    *("channel", "answers", "benefits", "grounds", "decision_contested", "decision_on", "asked"),
    *("explanation", "urgency", "helper"),
)
COMPLAINT = ("source", "reference", "subject", "channel", "made_on", "answered_on", "was_answered")
# Told by the message itself.
TOLD_ELSEWHERE = (Act.WRITE, Act.RECEIVE_EMAIL, Act.ASK_SERVICE, Act.ANSWER_CONSULTATION)
Keep = Callable[[bytes], str]


def contents(parcel: Parcel, *, key: bytes, kept: set[str], at: datetime) -> Contents:
    """Files are written on the way, their names added to `kept`.

    :raises sealing.Broken, FileNotFoundError: if something does not open.
    """
    around = ("referral__complaint", "referral__key", "key", "beneficiary", "organisation", "file_transfer")
    case = Case.objects.select_related(*around).get(pk=parcel.case_id)

    def keep(data: bytes) -> str:
        print_ = hashlib.sha256(data).hexdigest().encode()
        name = blobs().write(sealing.seal(data, key, context=context_of(parcel, print_)))
        kept.add(name)
        return name

    arrived = arrival_of(case)
    # What came with the case goes on with it.
    before = story_of(arrived, case) if arrived else []
    copies = CopiedLetter.objects.filter(arrival=arrived).order_by("signed_at", "pk") if arrived else ()
    return Contents(
        reference=case.reference,
        reason=case.file_transfer.reason,
        moved_on=case.file_transfer.moved_on,
        **_asked(case),
        past=_past(case),
        story=[*before, *_story(case), *left_awaited(case)],
        letters=[_copy(one, case, keep) for one in copies]
        + [_letter(one, case, keep, at) for one in _signed(case)],
        files=[_file(document, case, keep) for document in _documents(case)],
        mandates=[
            *(_copied_mandate(one, case, keep) for one in mandates_with(arrived)),
            *(_mandate(one, case, keep) for one in _mandates(case, at)),
        ],
        work=work_of(case, arrived),
    )


def _asked(case: Case) -> dict[str, Any]:
    """Whose request, and what it says; with what her others say of how to reach her: they stay behind."""
    referral: Referral = case.referral
    complaint, said = referral.complaint, reaching(case)
    by_email = {"notice_by_email": said.notice_by_email, "receipt_by_email": said.receipt_by_email}
    request = {name: getattr(referral, name) for name in REQUEST}
    return {
        "person": {name: getattr(case.beneficiary, name) for name in PERSON},
        "request": request | {"received_on": case.received_on, **by_email},
        "safe_contact": carried(said),
        "complaint": {name: getattr(complaint, name) for name in COMPLAINT} if complaint else None,
    }


def _past(case: Case) -> dict[str, Any]:
    met = case.deadlines.filter(kind=Kind.ACKNOWLEDGEMENT, met_on__isnull=False).first()
    admitted = Admissibility.objects.filter(case=case, verdict=Verdict.ADMISSIBLE).order_by("rank").last()
    stands = admitted if case.admissible_on else None
    return {
        "acknowledged_on": met.met_on if met else None,
        "admissible_on": case.admissible_on,
        "admitted_at": stands.decided_at if stands else None,
        "admitted_by": f"{stands.decided_by}, {case.organisation.name}"[:120] if stands else "",
    }


def _story(case: Case) -> list[Told]:
    """Acts, messages, and calls as the person reads them; private notes stay where they were written."""
    caf = case.organisation.name
    told = [
        Told(
            step.at,
            "person" if step.by_kind in ("person", "mandate") else "mediation",
            f"{done(step.act)} ({caf})",
            ", ".join(filter(None, (step.words, f"par {step.by_name}"))),
        )
        for step in case.steps.exclude(act__in=TOLD_ELSEWHERE).exclude(act=Act.NOTE_CALL, is_shared=True)
    ]
    told += [
        Told(
            message.sent_at,
            "person" if message.is_from_person else "mediation",
            f"Message de {message.author} ({caf})",
            message.body,
        )
        for message in case.messages.all()
    ]
    told += [
        Told(
            call.called_at,
            "person" if call.kind == CallKind.RECEIVED else "mediation",
            f"{call_in_words(CallKind(call.kind), call.minutes)}\u00a0: {call.spoke_to} ({caf})",
            f"{call.body} Noté par {call.noted_by}".lstrip(),
        )
        for call in case.calls.filter(is_shared=True)
    ]
    told += _consulted(case)
    return sorted(told, key=lambda one: one.at)


def _consulted(case: Case) -> list[Told]:
    """Questions and their answers, as history: the next Caf has its own services."""
    caf = case.organisation.name
    told: list[Told] = []
    for shown in answers_told(case):
        one = shown.consultation
        title = f"Question à {shown.addressee} ({caf})"
        told.append(Told(one.asked_at, "mediation", title, shown.said.question))
        if shown.answer and one.ended_at:
            title = f"Réponse de {shown.addressee} ({caf})"
            told.append(Told(one.ended_at, "caf", title, shown.answer))
    return told


def _signed(case: Case) -> Iterator[Letter]:
    for letter in Letter.objects.filter(case=case, signed_at__isnull=False).order_by("signed_at", "pk"):
        letter.case = case
        yield letter


def _letter(letter: Letter, case: Case, keep: Keep, at: datetime) -> PackedLetter:
    if letter.pdf is None:
        make_pdf(letter=letter, at=at)
    pdf = own_pdf_of(letter)
    easy = letter_pdf(easy_sheet_of(letter)) if letter.easy else b""
    return PackedLetter(
        blob=keep(pdf),
        written_by=case.organisation.name,
        kind=letter.get_kind_display(),
        title=letter.title,
        signed_at=letter.signed_at or letter.saved_at,
        signed_by=letter.signed_by,
        sha256=hashlib.sha256(pdf).hexdigest(),
        large=_kept_sheet(letter_pdf(large(sheet_of(letter))), keep),
        easy=_kept_sheet(easy, keep) if easy else None,
    )


def _copy(letter: CopiedLetter, case: Case, keep: Keep) -> PackedLetter:
    return PackedLetter(
        blob=keep(pdf_of(letter, case)),
        written_by=letter.written_by,
        kind=letter.kind,
        title=letter.title,
        signed_at=letter.signed_at,
        signed_by=letter.signed_by,
        sha256=letter.pdf_sha256,
        large=_kept_sheet(pdf_of(letter, case, "large"), keep),
        easy=_kept_sheet(easy, keep) if (easy := pdf_of(letter, case, "easy")) else None,
    )


def _kept_sheet(pdf: bytes, keep: Keep) -> PackedSheet:
    return PackedSheet(keep(pdf), hashlib.sha256(pdf).hexdigest())


def _mandates(case: Case, at: datetime) -> list[Mandate]:
    day = clock.day_of(at, case.organisation.time_zone)
    return list(standing_over(case.beneficiary_id, file_key=case.key_id, day=day).order_by("given_at", "pk"))


def _mandate(mandate: Mandate, case: Case, keep: Keep) -> PackedMandate:
    speaker = mandate.representative
    return PackedMandate(
        name=speaker.name,
        kind=speaker.get_kind_display(),
        structure=speaker.structure,
        scope=mandate.get_scope_display(),
        judged_on=mandate.judged_on,
        court=mandate.court,
        starts_on=mandate.starts_on,
        ends_on=mandate.ends_on,
        proof=_proof(mandate.proof, case, keep),
    )


def _copied_mandate(mandate: CopiedMandate, case: Case, keep: Keep) -> PackedMandate:
    said = {name: getattr(mandate, name) for name in MANDATE}
    return PackedMandate(**said, proof=_proof(mandate.proof, case, keep))


def _proof(document: Document | None, case: Case, keep: Keep) -> PackedFile | None:
    return None if document is None or document.state == State.REFUSED else _file(document, case, keep)


def _documents(case: Case) -> list[Document]:
    """A refused file goes nowhere."""
    documents = Document.objects.select_related("key").filter(key_id=case.key_id)
    return [*documents.exclude(state=State.REFUSED).order_by("pk"), *answer_files(case)]


def _file(document: Document, case: Case, keep: Keep) -> PackedFile:
    return PackedFile(
        blob=keep(content(document)),
        shown_name=document.shown_name,
        our_name=document.our_name,
        media_type=document.media_type,
        size=document.size,
        pages=document.pages,
        sha256=document.sha256,
        state=document.state,
        deposited_at=document.deposited_at,
        deposited_by=document.deposited_by,
        is_joined=case.referral.joined.filter(document=document).exists(),
    )
