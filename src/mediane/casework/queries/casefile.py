"""Everything the page of a case needs, in a constant number of statements."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet

from mediane.casework.models import (
    Admissibility,
    Case,
    Closing,
    Deadline,
    Hold,
    LitigationEnd,
    Message,
    Note,
    Reorientation,
    RequestedDocument,
    Step,
)
from mediane.casework.queries.workplan import Listed, listed
from mediane.casework.states import WAITING, State
from mediane.complaints.models import PriorComplaint
from mediane.documents.models import Document
from mediane.documents.queries import opened
from mediane.eligibility.models import EligibilityCheck
from mediane.kit import sealing
from mediane.referrals.queries import safe_contact_of

# The context under which a private note is sealed; the verb that writes notes seals with the same.
NOTE = b"casework.note"
AROUND = ("admissibility", "referral__complaint", "referral__check_passed__policy")
Ending = TypeVar("Ending", bound=Model)


@dataclass(frozen=True)
class OpenedNote:
    text: str
    note: Note


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    case: Case
    admissibility: Admissibility | None
    reorientation: Reorientation | None
    litigation_end: LitigationEnd | None
    closing: Closing | None
    hold: Hold | None
    complaint: PriorComplaint | None
    check: EligibilityCheck | None
    steps: list[Step]
    messages: list[Message]
    requested: list[RequestedDocument]
    documents: list[Document]
    deadlines: list[Deadline]
    notes: list[OpenedNote]
    earlier: list[Listed]
    safe_contact: dict[str, str]

    @property
    def awaited(self) -> list[RequestedDocument]:
        """What was asked, not lifted, and has not come."""
        return [
            item for item in self.requested if item.answered_at is None and item.request.closed_at is None
        ]

    @property
    def documents_by(self) -> date | None:
        return min((item.request.due_on for item in self.awaited), default=None)


def casefile(case: Case) -> CaseFile:
    """Read around a case that was consulted."""
    around = _around(case)
    # The keys of the case and of its referral are one row: no second reading.
    case.referral.key = case.key
    key = opened(case.key)
    return CaseFile(
        case=case,
        admissibility=getattr(around, "admissibility", None),
        reorientation=_end(case, State.REDIRECTED, Reorientation),
        litigation_end=_end(case, State.ENDED_BY_LITIGATION, LitigationEnd),
        closing=_end(case, State.ANSWERED, Closing),
        # Documents may be asked while a decision is awaited: the hold goes on under both.
        hold=case.holds.filter(ended_on=None).first() if case.state in WAITING else None,
        complaint=around.referral.complaint,
        check=around.referral.check_passed,
        steps=list(case.steps.order_by("-at", "-pk")),
        messages=list(case.messages.order_by("-sent_at", "-pk")),
        requested=list(_requested(case)),
        documents=list(Document.objects.filter(key_id=case.key_id).order_by("-deposited_at", "-pk")),
        deadlines=list(case.deadlines.order_by("due_on", "pk")),
        notes=[
            OpenedNote(sealing.unseal(bytes(note.sealed), key, context=NOTE).decode(), note)
            for note in case.notes.order_by("-written_at", "-pk")
        ],
        earlier=listed(_earlier(case), with_outcome=True),
        safe_contact=safe_contact_of(case.referral),
    )


def _around(case: Case) -> Case:
    """The case again, only for what stands next to it: its admissibility, the complaint, the test."""
    return Case.objects.select_related(*AROUND).only(*AROUND).get(pk=case.pk)


def _end(case: Case, state: State, model: type[Ending]) -> Ending | None:
    """A closed case has one ending, that its state names."""
    return model._default_manager.get(case=case) if case.state == state else None


def _requested(case: Case) -> QuerySet[RequestedDocument]:
    return (
        RequestedDocument.objects.select_related("request", "document")
        .filter(request__case=case)
        .order_by("-request__asked_at", "pk")
    )


def _earlier(case: Case) -> QuerySet[Case]:
    return (
        Case.objects.filter(organisation_id=case.organisation_id, beneficiary_id=case.beneficiary_id)
        .exclude(pk=case.pk)
        .order_by("-received_at")[:10]
    )
