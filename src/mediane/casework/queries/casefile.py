"""Everything the page of a case needs, in a constant number of statements."""

from dataclasses import dataclass
from datetime import date

from django.db.models import FilteredRelation, Q, QuerySet

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
from mediane.complaints.models import PriorComplaint
from mediane.documents.models import Document
from mediane.documents.queries import opened
from mediane.eligibility.models import EligibilityCheck
from mediane.kit import sealing
from mediane.referrals.queries import safe_contact_of

# The context under which a private note is sealed; the verb that writes notes seals with the same.
NOTE = b"casework.note"
# `running_hold` is a filtered relation, made by the query.
ONE_OF_EACH = (
    "admissibility",
    "reorientation",
    "litigation_end",
    "closing",
    "running_hold",
    "referral__complaint",
    "referral__check_passed__policy",
)


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
    earlier: list[Case]
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
        reorientation=getattr(around, "reorientation", None),
        litigation_end=getattr(around, "litigation_end", None),
        closing=getattr(around, "closing", None),
        hold=getattr(around, "running_hold", None),
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
        earlier=list(_earlier(case)),
        safe_contact=safe_contact_of(case.referral),
    )


def _around(case: Case) -> Case:
    """The case again, with what there is one of: decisions, the running hold, the complaint, the test."""
    return (
        Case.objects.annotate(running_hold=FilteredRelation("holds", condition=Q(holds__ended_on=None)))
        .select_related(*ONE_OF_EACH)
        .get(pk=case.pk)
    )


def _requested(case: Case) -> QuerySet[RequestedDocument]:
    return (
        RequestedDocument.objects.select_related("request", "document")
        .filter(request__case=case)
        .order_by("-request__asked_at", "pk")
    )


def _earlier(case: Case) -> QuerySet[Case]:
    return (
        Case.objects.select_related("closing", "referral")
        .filter(organisation_id=case.organisation_id, beneficiary_id=case.beneficiary_id)
        .exclude(pk=case.pk)
        .order_by("-received_at")[:10]
    )
