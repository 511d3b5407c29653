"""What is done with a question that was asked: chased, put off, called off, or its answer noted."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework import rights
from mediane.casework.models import Case
from mediane.consultations import actions
from mediane.consultations.models import Consultation
from mediane.consultations.queries.desk import addressee, with_article
from mediane.consultations.states import State
from mediane.documents.rules import ACCEPT
from mediane.kit import clock
from mediane.organisations.queries import contacts_of
from mediane.web.desk.finding import found
from mediane.web.desk.forms_consultations import ChangeDue, NoteConsultation, OnConsultation
from mediane.web.desk.views.consultations import consultation_or_404
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest

Gesture = Callable[[StaffRequest, str, int], HttpResponse]


def gesture(
    form_type: type[OnConsultation],
    act: Callable[[Consultation, Any, dict[str, Any]], object],
    template: str,
    known: Callable[[Consultation], dict[str, Any]] = lambda consultation: {},
) -> Gesture:
    """The page of one gesture: refused, it keeps what was typed and says who was first."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def page(request: StaffRequest, reference: str, rank: int) -> HttpResponse:
        case = found(request, reference)
        rights.require(rights.may_work_on(request.actor, case))
        consultation = consultation_or_404(case, rank)
        is_over = consultation.state != State.AWAITED or not case.is_open
        if request.method != "POST" and is_over:
            return _to_it(case, rank)
        initial = {"seen": consultation.version} | known(consultation)
        form = submitted(form_type, request, initial=initial)
        if form.is_valid():
            who: dict[str, Any] = {
                "seen_version": form.cleaned_data["seen"],
                "by": request.actor,
                "at": clock.now(),
            }
            with refusals_on(form), transaction.atomic():
                act(consultation, form, who)
            if form.is_valid():
                return _to_it(case, rank)
            form.sees(consultation)
        return render(request, template, _page(case, consultation, form))

    return page


remind = gesture(
    OnConsultation,
    lambda consultation, form, who: actions.remind(consultation=consultation, **who),
    "desk/remind_service.html",
)
call_off = gesture(
    OnConsultation,
    lambda consultation, form, who: actions.call_off(consultation=consultation, **who),
    "desk/call_off_consultation.html",
)
change_due = gesture(
    ChangeDue,
    lambda consultation, form, who: actions.change_due(
        consultation=consultation, due_on=form.cleaned_data["due_on"], **who
    ),
    "desk/change_consultation_due.html",
    lambda consultation: {"due_on": consultation.due_on},
)
note_answer = gesture(
    NoteConsultation,
    lambda consultation, form, who: actions.note_answer(consultation=consultation, said=form.said(), **who),
    "desk/note_consultation.html",
)


def _page(case: Case, consultation: Consultation, form: OnConsultation) -> dict[str, Any]:
    service = consultation.service
    return {
        "case": case,
        "consultation": consultation,
        "form": form,
        "addressee": addressee(consultation),
        "with_article": with_article(consultation),
        "contacts": contacts_of(case.organisation_id, service) if service else [],
        "accept": ACCEPT,
    }


def _to_it(case: Case, rank: int) -> HttpResponseRedirect:
    return redirect("desk:consultation", reference=case.reference, rank=rank)
