"""What a service reads: the questions it was asked, and nothing of what surrounds them.

Its own context shows it the rows; what is sealed is opened in the context of the Caf, for those rows only.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from mediane.consultations.models import AnswerDraft, Consultation, Joined
from mediane.consultations.queries.across import Cursor, Page
from mediane.consultations.queries.desk import PAGE
from mediane.consultations.queries.sealed import answer_of, said_in, text_of
from mediane.consultations.rules import Said, standing
from mediane.consultations.states import Kind, Standing, State
from mediane.documents.models import Document, SealingKey
from mediane.kit.rowsecurity import staff, working_for


@dataclass(frozen=True)
class Owed:
    """A line of the list of a service."""

    consultation: Consultation
    question: str
    standing: Standing
    has_draft: bool


@dataclass(frozen=True)
class Question:
    """One question as the service reads it."""

    consultation: Consultation
    said: Said
    standing: Standing
    shared: list[Document]
    joined: list[Document]
    draft: AnswerDraft | None
    drafted: str
    answer: str


def owed(*, after: Cursor | None = None) -> Page:
    """What the service still has to answer, the nearest date first; in the context of the service."""
    rows = Consultation.objects.filter(state=State.AWAITED)
    if after is not None:
        rows = rows.filter(Q(due_on__gt=after.on) | Q(due_on=after.on, pk__gt=after.pk))
    return _page(rows.order_by("due_on", "pk"), "due_on")


def answered(*, after: Cursor | None = None) -> Page:
    """What it answered, or somebody for it, the last asked first."""
    rows = Consultation.objects.filter(state=State.ANSWERED)
    if after is not None:
        rows = rows.filter(Q(due_on__lt=after.on) | Q(due_on=after.on, pk__lt=after.pk))
    return _page(rows.order_by("-due_on", "-pk"), "due_on")


def _page(rows: Any, key: str) -> Page:
    found = list(rows.select_related("draft")[: PAGE + 1])
    if len(found) <= PAGE:
        return Page(found, None)
    last = found[PAGE - 1]
    return Page(found[:PAGE], Cursor(getattr(last, key), last.pk))


def how_many() -> dict[str, int]:
    rows = Consultation.objects.all()
    return {
        "owed": rows.filter(state=State.AWAITED).count(),
        "answered": rows.filter(state=State.ANSWERED).count(),
    }


def listed(page: Page, *, organisation_id: int, today: date) -> list[Owed]:
    """The lines of a page, unsealed; the keys in one statement."""
    with working_for(staff(organisation_id)):
        keys = SealingKey.objects.in_bulk([row.key_id for row in page.rows])
    for row in page.rows:
        row.key = keys[row.key_id]
    return [
        Owed(row, said_in(row).question, _standing(row, today), getattr(row, "draft", None) is not None)
        for row in page.rows
    ]


def found_for_service(public_id: UUID) -> Consultation | None:
    """None for an unknown one, another service’s, or one that is not asked any more."""
    return Consultation.objects.filter(public_id=public_id).first()


def question(consultation: Consultation, *, today: date) -> Question:
    """All that the service reads of it: rows in its own context, what they seal in the Caf’s."""
    joined = list(Joined.objects.filter(consultation=consultation).order_by("pk"))
    draft = AnswerDraft.objects.filter(consultation=consultation).first()
    with working_for(staff(consultation.organisation_id)):
        consultation.key = SealingKey.objects.get(pk=consultation.key_id)
        files = Document.objects.in_bulk([one.document_id for one in joined])
    is_sent = consultation.state == State.ANSWERED
    own = Kind.ANSWER if is_sent else Kind.DRAFT
    said = said_in(consultation)
    return Question(
        consultation,
        said if consultation.is_case_open else Said(question=said.question),
        _standing(consultation, today),
        [files[one.document_id] for one in joined if one.kind == Kind.SHARED],
        [files[one.document_id] for one in joined if one.kind == own],
        draft,
        text_of(draft, consultation),
        answer_of(consultation),
    )


def file_for_service(consultation: Consultation, public_id: UUID) -> Document | None:
    """One shared with the service, or joined by it: the rows say which, in its own context."""
    numbers = list(Joined.objects.filter(consultation=consultation).values_list("document_id", flat=True))
    with working_for(staff(consultation.organisation_id)):
        files = Document.objects.select_related("key").filter(pk__in=numbers, public_id=public_id)
        return files.first()


def _standing(row: Consultation, today: date) -> Standing:
    return standing(row.state, due_on=row.due_on, today=today, is_case_open=row.is_case_open)
