"""Everything the page of a case needs, in a constant number of statements."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from mediane.casework.models import (
    Admissibility,
    Case,
    Closing,
    Deadline,
    FinancialEffect,
    Forwarding,
    Hold,
    LitigationEnd,
    Message,
    Note,
    Posting,
    Reclassification,
    Recommendation,
    Reopening,
    Reorientation,
    RequestedDocument,
    SocialFacts,
    Step,
    UrgencySignal,
)
from mediane.casework.queries.dispatched import postings_around, postings_read
from mediane.casework.queries.effects import effects_around, effects_read
from mediane.casework.queries.joined import Joined, joined
from mediane.casework.queries.listed import Listed
from mediane.casework.queries.near_cases import Near, everybody, near_cases, worth_showing
from mediane.casework.queries.reaching import read_wishes, wishes_said
from mediane.casework.queries.recommended import recommendations_around, recommendations_read
from mediane.casework.queries.reopened import reopenings_around, reopenings_read
from mediane.casework.queries.returns import Returned, returned
from mediane.casework.queries.signals import ShownSignal, in_order
from mediane.casework.queries.social import social_around, social_read
from mediane.casework.queries.spoken import (
    OpenedCall,
    ShownAppointment,
    appointments_read,
    calls_read,
    spoken_around,
)
from mediane.casework.states import WAITING, Move, State
from mediane.complaints.models import PriorComplaint
from mediane.documents.models import Document
from mediane.documents.queries import opened, with_readings
from mediane.eligibility.models import EligibilityCheck
from mediane.kit import sealing
from mediane.kit.prepared import prepared
from mediane.mandates.queries import Line, lines_of, read_lines
from mediane.people.queries import may_be
from mediane.referrals.rules import Wish

# The context under which a private note is sealed; the verb that writes notes seals with the same.
NOTE = b"casework.note"
AROUND = ("referral__complaint", "referral__check_passed__policy")
RECLASSIFYING = (Move.RECLASSIFY, Move.RECLASSIFY_OUT, Move.DECLARE_INADMISSIBLE)
MOST_EARLIER = 10
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
    calls: list[OpenedCall]
    appointments: list[ShownAppointment]
    earlier: list[Listed]
    near: list[Near]
    joined: list[Joined]
    reach: Wish
    mandates: list[Line]
    signals: list[ShownSignal]
    effects: list[FinancialEffect]
    recommendations: list[Recommendation]
    postings: list[Posting]
    social: SocialFacts | None
    reopenings: list[Reopening]
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
    person = case.beneficiary.known_as
    around: Any = _around(case=case.pk, person=person)[0]
    # The keys of the case and of its referral are one row: no second reading.
    case.referral.key = case.key
    key = opened(case.key)
    steps, others = _steps(case=case.pk), near_cases(case, everybody(person, around))
    earlier = [near.listed for near in others if near.is_same_person]
    reorientation = _end(case, State.REDIRECTED, Reorientation)
    return CaseFile(
        case=case,
        admissibility=_ruled(around.rulings),
        social=social_read(around.noted),
        reclassifications=_reclassified(case, steps),
        forwarding=Forwarding.objects.filter(reorientation=reorientation).first() if reorientation else None,
        returned=returned(case, others),
        reorientation=reorientation,
        litigation_end=_end(case, State.ENDED_BY_LITIGATION, LitigationEnd),
        closing=_end(case, State.ANSWERED, Closing),
        # Documents may be asked while a decision is awaited: the hold goes on under both.
        hold=next(iter(_running_hold(case=case.pk)), None) if case.state in WAITING else None,
        complaint=around.referral.complaint,
        check=around.referral.check_passed,
        steps=steps,
        deadlines=_deadlines(case=case.pk),
        **_exchanged(case, around, key),
        **_beside(around),
        postings=postings_read(around.posted, case),
        earlier=earlier[:MOST_EARLIER],
        near=worth_showing(case, others),
        joined=joined(others),
        reach=read_wishes(case.beneficiary, case.referral, around.wishes),
    )


def _beside(around: Any) -> dict[str, Any]:
    """What one statement read around the case."""
    return {
        "signals": in_order(ShownSignal(**one) for one in around.raised),
        "effects": effects_read(around.money),
        "reopenings": reopenings_read(around.reopened),
        "recommendations": recommendations_read(around.recommended),
        "mandates": read_lines(around.mandates),
    }


def _exchanged(case: Case, around: Any, key: bytes) -> dict[str, Any]:
    """What was written, sent and said, either way."""
    return {
        "messages": _messages(case=case.pk),
        "requested": _requested(case=case.pk),
        "documents": _documents(key=case.key_id),
        "notes": [_opened(note, key) for note in _notes(case=case.pk)],
        "calls": calls_read(around.spoken, key),
        "appointments": appointments_read(around.met, case.organisation.time_zone),
    }


def _opened(note: Note, key: bytes) -> OpenedNote:
    return OpenedNote(sealing.unseal(bytes(note.sealed), key, context=NOTE).decode(), note)


def _end(case: Case, state: State, model: type[Ending]) -> Ending | None:
    """A closed case has one ending, that its state names."""
    return next(iter(_last(model)(case.pk)), None) if case.state == state else None


@cache
def _last(model: type[Ending]) -> Callable[[int], list[Ending]]:
    @prepared
    def last(case: int) -> QuerySet[Ending]:
        return model._default_manager.filter(case_id=case).order_by("-pk")[:1]

    return last


@prepared
def _around(*, case: int, person: Any) -> QuerySet[Case]:
    """The case again, only for what stands next to it: the complaint, the test, rulings, signals, calls…"""
    ruling = JSONObject(
        verdict="verdict", reason="reason", notified_on="notified_on", decided_by="decided_by"
    )
    raised = {"code": "signal"} | dict.fromkeys(("declared", "words", "weighing", "weighed_by"))
    signal = JSONObject(**{name: field or name for name, field in raised.items()})
    rulings = Admissibility.objects.filter(case=OuterRef("pk")).order_by("-rank").values_list(ruling)
    signals = UrgencySignal.objects.filter(case=OuterRef("pk")).values_list(signal)
    around = Case.objects.select_related(*AROUND).only(*AROUND).filter(pk=case)
    beside = {"rulings": ArraySubquery(rulings[:1]), "raised": ArraySubquery(signals)}
    beside |= {"mandates": lines_of(OuterRef("beneficiary_id")), "money": effects_around()}
    beside |= {"reopened": reopenings_around(), "recommended": recommendations_around()}
    beside |= {"noted": social_around(), "posted": postings_around()}
    beside["wishes"] = ArraySubquery(wishes_said(person))
    return around.annotate(**beside, **may_be(person), **spoken_around())


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
    return with_readings().filter(key_id=key).order_by("-deposited_at", "-pk")


@prepared
def _deadlines(*, case: int) -> QuerySet[Deadline]:
    return Deadline.objects.filter(case_id=case).order_by("due_on", "pk")


@prepared
def _notes(*, case: int) -> QuerySet[Note]:
    return Note.objects.filter(case_id=case).order_by("-written_at", "-pk")
