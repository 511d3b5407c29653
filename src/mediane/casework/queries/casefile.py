"""Everything the page of a case needs, in a constant number of statements."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from mediane.casework.models import (
    Admissibility,
    Case,
    Closing,
    Deadline,
    Forwarding,
    Hold,
    LitigationEnd,
    Message,
    Note,
    Reclassification,
    Reorientation,
    RequestedDocument,
    Step,
    UrgencySignal,
)
from mediane.casework.queries.listed import COLUMNS, Listed
from mediane.casework.queries.signals import ShownSignal, in_order
from mediane.casework.states import WAITING, Move, State
from mediane.complaints.models import PriorComplaint
from mediane.documents.models import Document
from mediane.documents.queries import opened
from mediane.eligibility.models import EligibilityCheck
from mediane.kit import sealing
from mediane.kit.prepared import prepared
from mediane.referrals.queries import safe_contact_of

# The context under which a private note is sealed; the verb that writes notes seals with the same.
NOTE = b"casework.note"
AROUND = ("referral__complaint", "referral__check_passed__policy")
RECLASSIFYING = (Move.RECLASSIFY, Move.RECLASSIFY_OUT, Move.DECLARE_INADMISSIBLE)
Ending = TypeVar("Ending", bound=Model)


@dataclass(frozen=True)
class OpenedNote:
    text: str
    note: Note


@dataclass(frozen=True)
class Returned:
    """The person comes back after a redirection: from which body, and what was asked then."""

    earlier: Listed
    sent: Reorientation


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
    signals: list[ShownSignal]
    reclassifications: list[Reclassification]
    forwarding: Forwarding | None
    returned: Returned | None

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
    around: Any = _around(case=case.pk)[0]
    # The keys of the case and of its referral are one row: no second reading.
    case.referral.key = case.key
    key = opened(case.key)
    steps, earlier = _steps(case=case.pk), _others(case)
    reorientation = _end(case, State.REDIRECTED, Reorientation)
    return CaseFile(
        case=case,
        admissibility=_ruled(around.rulings),
        signals=in_order(ShownSignal(**one) for one in around.raised),
        reclassifications=_reclassified(case, steps),
        forwarding=Forwarding.objects.filter(reorientation=reorientation).first() if reorientation else None,
        returned=_returned(case, earlier),
        reorientation=reorientation,
        litigation_end=_end(case, State.ENDED_BY_LITIGATION, LitigationEnd),
        closing=_end(case, State.ANSWERED, Closing),
        # Documents may be asked while a decision is awaited: the hold goes on under both.
        hold=next(iter(_running_hold(case=case.pk)), None) if case.state in WAITING else None,
        complaint=around.referral.complaint,
        check=around.referral.check_passed,
        steps=steps,
        messages=_messages(case=case.pk),
        requested=_requested(case=case.pk),
        documents=_documents(key=case.key_id),
        deadlines=_deadlines(case=case.pk),
        notes=[_opened(note, key) for note in _notes(case=case.pk)],
        earlier=earlier,
        safe_contact=safe_contact_of(case.referral),
    )


def _opened(note: Note, key: bytes) -> OpenedNote:
    return OpenedNote(sealing.unseal(bytes(note.sealed), key, context=NOTE).decode(), note)


def _others(case: Case) -> list[Listed]:
    around = {"organisation": case.organisation_id, "beneficiary": case.beneficiary_id, "but": case.pk}
    return [Listed(*row) for row in _earlier(**around)]


def _end(case: Case, state: State, model: type[Ending]) -> Ending | None:
    """A closed case has one ending, that its state names."""
    return model._default_manager.filter(case=case).last() if case.state == state else None


@prepared
def _around(*, case: int) -> QuerySet[Case]:
    """The case again, only for what stands next to it: the complaint, the test, rulings and signals."""
    ruling = JSONObject(
        verdict="verdict", reason="reason", notified_on="notified_on", decided_by="decided_by"
    )
    raised = {"code": "signal"} | dict.fromkeys(("declared", "words", "weighing", "weighed_by"))
    signal = JSONObject(**{name: field or name for name, field in raised.items()})
    rulings = Admissibility.objects.filter(case=OuterRef("pk")).order_by("-rank").values_list(ruling)
    signals = UrgencySignal.objects.filter(case=OuterRef("pk")).values_list(signal)
    around = Case.objects.select_related(*AROUND).only(*AROUND).filter(pk=case)
    return around.annotate(rulings=ArraySubquery(rulings[:1]), raised=ArraySubquery(signals))


def _ruled(rulings: list[dict[str, str]]) -> Admissibility | None:
    """The decision that stands: the last taken."""
    for ruling in rulings:
        return Admissibility(**ruling | {"notified_on": date.fromisoformat(ruling["notified_on"])})
    return None


def _reclassified(case: Case, steps: list[Step]) -> list[Reclassification]:
    """Newest first; a case whose steps tell of none costs no reading."""
    if not any(step.act in RECLASSIFYING for step in steps):
        return []
    return list(case.reclassifications.order_by("-decided_at"))


def _returned(case: Case, earlier: list[Listed]) -> Returned | None:
    """The last case of the same person that was redirected before this one came."""
    for other in earlier:
        if other.state == State.REDIRECTED and other.closed_at and other.closed_at <= case.received_at:
            sent = Reorientation.objects.filter(
                case__organisation_id=case.organisation_id, case__reference=other.reference
            )
            return Returned(other, sent.latest("rank"))
    return None


@prepared
def _running_hold(*, case: int) -> QuerySet[Hold]:
    return Hold.objects.filter(case_id=case, ended_on=None)


@prepared
def _steps(*, case: int) -> QuerySet[Step]:
    return Step.objects.filter(case_id=case).order_by("-at", "-pk")


@prepared
def _messages(*, case: int) -> QuerySet[Message]:
    return Message.objects.filter(case_id=case).order_by("-sent_at", "-pk")


@prepared
def _requested(*, case: int) -> QuerySet[RequestedDocument]:
    asked = RequestedDocument.objects.select_related("request", "document").filter(request__case_id=case)
    return asked.order_by("-request__asked_at", "pk")


@prepared
def _documents(*, key: int) -> QuerySet[Document]:
    return Document.objects.filter(key_id=key).order_by("-deposited_at", "-pk")


@prepared
def _deadlines(*, case: int) -> QuerySet[Deadline]:
    return Deadline.objects.filter(case_id=case).order_by("due_on", "pk")


@prepared
def _notes(*, case: int) -> QuerySet[Note]:
    return Note.objects.filter(case_id=case).order_by("-written_at", "-pk")


@prepared
def _earlier(*, organisation: int, beneficiary: int, but: int) -> QuerySet[Case, tuple]:
    others = Case.objects.filter(organisation_id=organisation, beneficiary_id=beneficiary).exclude(pk=but)
    return others.order_by("-received_at").values_list(*COLUMNS)[:10]
