from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mediane.casework import rights
from mediane.casework.models import Case, Closing
from mediane.casework.queries.casefile import CaseFile, casefile
from mediane.casework.queries.reopened import last_day_to_reopen
from mediane.casework.rules.deadlines import Kind
from mediane.casework.rules.next_step import Circumstances, next_step
from mediane.casework.rules.shown_state import shown_state
from mediane.casework.states import MOVES, Move
from mediane.catalogue.models import (
    Benefit,
    Body,
    Cause,
    CauseReason,
    Channel,
    ErrorType,
    Ground,
    Origin,
    Reason,
    Service,
)
from mediane.catalogue.queries import every, labels
from mediane.correspondence.models import Letter
from mediane.documents.states import WITH_TEXT, Outcome
from mediane.kit import clock
from mediane.kit.french import contracted, join, weight
from mediane.kit.prepared import prepared
from mediane.notifications.queries import notice_of
from mediane.organisations.queries import holiday_zone_of
from mediane.transfers.rules.contents import Told
from mediane.web.desk.appeals import shown_clock
from mediane.web.desk.finding import found
from mediane.web.desk.forms_social import social_words
from mediane.web.desk.marks import ruler
from mediane.web.desk.money import shown_money
from mediane.web.desk.news import asked_about, news_of
from mediane.web.desk.post import post_of
from mediane.web.desk.present import present
from mediane.web.desk.rows import urgency_of
from mediane.web.desk.thread import thread
from mediane.web.desk.views.orientation import reclassified_to
from mediane.web.desk.views.recommendations import is_settled
from mediane.web.desk.views.transfers import moved
from mediane.web.desk.visiting import visit
from mediane.web.desk.waits import just_arrived, running_waits
from mediane.web.request import StaffRequest

SHORT_TITLES = {"Madame": "Mme", "Monsieur": "M."}


@require_http_methods(["GET", "HEAD"])
def case(request: StaffRequest, reference: str) -> HttpResponse:
    file = casefile(found(request, reference))
    organisation, person = request.organisation, called(file.case)
    today = clock.today(organisation.time_zone)
    elsewhere = moved(file.case)
    context = {
        "case": file.case,
        "file": file,
        "person": person,
        "state": shown_state(file.case, str(file.closing.outcome) if file.closing else ""),
        "urgency": urgency_of(file.case.is_urgent, file.signals),
        "ruler": ruler(file, today=today, zone=holiday_zone_of(organisation)),
        "step": next_step(_circumstances(request, file, person)),
        "may": _may(request, file.case),
        "words": _words(file),
        "social": social_words(file.social),
        "appeal": shown_clock(file.case, file.steps, today),
        "money": shown_money(file.effects, request.actor, file.case.state),
        "recommendations": [
            (made, every(Service)[made.service].label, is_settled(made)) for made in file.recommendations
        ],
        "reopens_until": last_day_to_reopen(file.case, file.closing.closed_at) if file.closing else None,
        "consultations": asked_about(file, today=today),
        "moved": elsewhere,
        **_visited(request, file, elsewhere.story, today),
        "earlier": [(other, shown_state(other, other.outcome or "")) for other in file.earlier],
        "files": _files(file),
        "waits": running_waits(file, today),
    }
    return render(request, "desk/case.html", context | {"presence": present(request, file.case)})


def _visited(request: StaffRequest, file: CaseFile, story: Sequence[Told], today: date) -> dict[str, Any]:
    """The thread, with what is new to whoever opens it."""
    zone = request.organisation.time_zone
    letters = _letters(file.case.pk)
    told = thread(file, letters, told=story, zone=zone, today=today)
    seen = visit(request, file.case, told)
    return {"thread": seen.thread, "visit": seen, "post": post_of(file, letters)}


def called(case: Case) -> str:
    """« Mme Belkacem », or the whole name when no title is known."""
    person = case.beneficiary
    short = SHORT_TITLES.get(person.title)
    return f"{short} {person.last_name}" if short else person.full_name


@prepared
def _letters(case: int) -> QuerySet[Letter]:
    signed = Letter.objects.filter(case_id=case, signed_at__isnull=False)
    told = signed.annotate(notice=notice_of("case_id", "signed_at"))
    return told.only("public_id", "title", "signed_at", "saved_at", "signed_by", "read_at", "case_id")


def _circumstances(request: StaffRequest, file: CaseFile, person: str) -> Circumstances:
    due = {deadline.kind: deadline.due_on for deadline in file.deadlines if deadline.met_on is None}
    return Circumstances(
        state=file.case.state,
        person=person,
        today=clock.today(request.organisation.time_zone),
        has_news=file.case.has_news,
        has_draft_reply=file.case.has_draft_reply,
        is_admissible=file.case.admissible_on is not None,
        may_decide=rights.may_decide(request.actor, file.case),
        decide_by=due.get(Kind.ADMISSIBILITY),
        reply_by=due.get(Kind.REPLY),
        documents_by=file.documents_by,
        awaited=every(Body)[file.hold.body].with_article if file.hold else "",
        look_again_on=file.hold.look_again_on if file.hold else None,
        arrived=just_arrived(file),
        **news_of(file),
    )


def _may(request: StaffRequest, case: Case) -> dict[str, bool]:
    """What the page proposes: the table of moves, and who is asking."""
    can = {move: case.state in MOVES[move][0] for move in Move}
    decides = rights.may_decide(request.actor, case)
    return {
        "ask": can[Move.ASK_BENEFICIARY],
        "hold": can[Move.AWAIT_DECISION],
        "resume": can[Move.RESUME],
        "take_up": can[Move.TAKE_UP],
        "assign": case.is_open,
        "reply": can[Move.ANSWER],
        # An officer may still redirect, on the same page.
        "decide": case.is_open and case.admissible_on is None,
        "rule": decides,
        "recommend": decides,
        "reclassify": decides and reclassified_to(case) is not None,
    }


def _words(file: CaseFile) -> dict[str, Any]:
    """Codes of the catalogue, as they read."""
    case = file.case
    return {
        "short": join(_in_a_row([every(Benefit)[code].short for code in case.benefits])),
        "grounds": ", ".join(_in_a_row(labels(Ground, case.referral.grounds))),
        "channel": every(Channel)[case.channel].label,
        "origin": every(Origin)[case.origin].label,
        "cause": every(Cause)[case.cause].label if case.cause else "",
        **_analysed(file.closing),
        "inadmissible": every(Reason)[file.admissibility.reason].label
        if file.admissibility and file.admissibility.reason
        else "",
        "redirected_to": every(Body)[file.reorientation.body].label if file.reorientation else "",
        "redirected_why": every(Reason)[file.reorientation.reason].label if file.reorientation else "",
        "awaited": every(Body)[file.hold.body].label if file.hold else "",
        **_returned(file),
    }


def _analysed(closing: Closing | None) -> dict[str, str]:
    """What the closing says under the cause; empty when it says nothing."""
    lists = {"reason": CauseReason, "error_type": ErrorType, "service": Service}
    codes = {name: getattr(closing, name, "") for name in lists}
    return {
        f"closing_{name}": every(model)[codes[name]].label if codes[name] else ""
        for name, model in lists.items()
    }


def _returned(file: CaseFile) -> dict[str, str]:
    if file.returned is None:
        return {}
    sent = file.returned.sent
    body, why = every(Body)[sent.body], every(Reason)[sent.reason].label
    return {"returns_from": f"Revient {contracted('de', body.with_article)}", "returned_why": why}


def _files(file: CaseFile) -> list[dict[str, Any]]:
    parts: list[tuple[str, list[Any]]] = [(file.case.reference, file.documents)]
    parts += [(one.near.listed.reference, one.documents) for one in file.joined]
    return [
        {
            "id": document.public_id,
            "reference": reference,
            "name": document.shown_name,
            "by": document.deposited_by,
            "at": document.deposited_at,
            "size": weight(document.size),
            "is_clean": document.state == "CLEAN",
            "state": document.get_state_display(),
            "has_text": document.outcome in WITH_TEXT,
            "is_recognised": document.is_recognised,
            "unread": "" if document.outcome in (None, *WITH_TEXT) else Outcome(document.outcome).label,
        }
        for reference, documents in parts
        for document in documents
    ]


def _in_a_row(labels: list[str]) -> list[str]:
    """« APL et prime d’activité »: a common noun takes no capital after the first place."""
    return [
        word if n == 0 or not word[1:].islower() else word[0].lower() + word[1:]
        for n, word in enumerate(labels)
    ]
