"""What a service does on its page before it sends: open the question, write, join files.

Each finds the question in the context of the service, which proves that it may; then opens or writes what is
sealed in the context of the Caf.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mediane.consultations import rights
from mediane.consultations.actions.files import keep_file
from mediane.consultations.actions.telling import hold, refuse_another_text
from mediane.consultations.models import AnswerDraft, Consultation, Joined
from mediane.consultations.queries import of_service
from mediane.consultations.queries.across import Page
from mediane.consultations.queries.of_service import Owed, Question
from mediane.consultations.queries.sealed import sealed_draft
from mediane.consultations.states import Kind
from mediane.documents import actions as documents
from mediane.documents.models import Document
from mediane.documents.models import State as Checked
from mediane.documents.queries import content
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import rows
from mediane.kit.rowsecurity import staff, working_for


class NothingAsked(Exception):
    """Unknown, of another service, or not asked any more: the same for whoever reads."""


@transaction.atomic
def open_list(*, page: Page, today: date, by: Actor, at: datetime) -> list[Owed]:
    """The questions of a page, unsealed; the journal keeps which were shown."""
    shown = " ".join(str(row.public_id) for row in page.rows)
    with working_for(staff(by.organisation_id)):
        record(verb="read_questions", subject=("service", by.service), by=by, at=at, shown=shown)
    return of_service.listed(page, organisation_id=by.organisation_id, today=today)


@transaction.atomic
def open_question(*, public_id: UUID, today: date, by: Actor, at: datetime) -> Question:
    """:raises NothingAsked: where the context of the service shows no such question."""
    consultation = _found(public_id, by)
    with working_for(staff(by.organisation_id)):
        record(verb="read_question", subject=("consultation", str(public_id)), by=by, at=at)
    return of_service.question(consultation, today=today)


@transaction.atomic
def open_file(*, public_id: UUID, file_id: UUID, by: Actor, at: datetime) -> tuple[Document, bytes]:
    """A file shared with the service or joined by it, once verified.

    :raises NothingAsked: for any other.
    """
    consultation = _found(public_id, by)
    document = of_service.file_for_service(consultation, file_id)
    if document is None or document.state != Checked.CLEAN:
        raise NothingAsked
    with working_for(staff(by.organisation_id)):
        subject = ("consultation", str(public_id))
        record(verb="read_question_file", subject=subject, by=by, at=at, document=str(file_id))
        return document, content(document)


@transaction.atomic
def save_draft(
    *, consultation: Consultation, text: str, page: UUID | None, seen_version: int, by: Actor, at: datetime
) -> AnswerDraft:
    """Keep what is being written. A page saves over itself, never over a colleague.

    :raises NotAwaited: if the question was answered, called off, or closed with its case.
    :raises WrittenMeanwhile: if somebody else saved another text since.
    """
    rights.require(rights.may_answer(by, consultation))
    with working_for(staff(consultation.organisation_id)):
        hold(consultation)
        draft = AnswerDraft.objects.filter(consultation=consultation).first()
        is_new = draft is None
        draft = draft or AnswerDraft(
            organisation_id=consultation.organisation_id, consultation=consultation, version=0
        )
        refuse_another_text(draft, consultation, text, page=page, seen_version=seen_version)
        draft.sealed, draft.page = sealed_draft(consultation, text), page
        draft.version += 1
        draft.saved_at, draft.saved_by = at, by.name
        if is_new:
            rows.add(draft)
        else:
            rows.change(draft, ("sealed", "page", "version", "saved_at", "saved_by"))
    return draft


@transaction.atomic
def join_file(*, consultation: Consultation, name: str, data: bytes, by: Actor, at: datetime) -> Document:
    """Join a file to what is being written: nobody of the mediation reads it before it is sent.

    :raises NotAwaited: if nothing is awaited any more.
    :raises FileRefused: with the reason and what to do.
    """
    rights.require(rights.may_answer(by, consultation))
    with working_for(staff(consultation.organisation_id)):
        hold(consultation)
        return keep_file(consultation, name, data, Kind.DRAFT, by, at)


@transaction.atomic
def remove_file(*, consultation: Consultation, file_id: UUID, by: Actor) -> None:
    """Take back a file not sent yet; one that is gone already is gone.

    :raises NotAwaited: if nothing is awaited any more.
    """
    rights.require(rights.may_answer(by, consultation))
    with working_for(staff(consultation.organisation_id)):
        hold(consultation)
        drafts = Joined.objects.filter(consultation=consultation, kind=Kind.DRAFT)
        joined = drafts.select_related("document").filter(document__public_id=file_id).first()
        if joined is not None:
            document = joined.document
            joined.delete()
            documents.remove(document=document)


def _found(public_id: UUID, by: Actor) -> Consultation:
    consultation = of_service.found_for_service(public_id)
    if consultation is None or not rights.may_answer(by, consultation):
        raise NothingAsked
    return consultation
