"""What the mediator recommends to a service in a case, and what the service answered."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework import actions, rights
from mediane.casework.models import Case, Recommendation
from mediane.casework.queries.recommended import recommendation_of
from mediane.casework.states import Answer
from mediane.catalogue.models import Service
from mediane.catalogue.queries import every
from mediane.kit import clock
from mediane.web.desk.finding import found
from mediane.web.desk.forms_findings import AnswerForm, RecommendForm
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
def recommend(request: StaffRequest, reference: str) -> HttpResponse:
    """It conflicts with nothing: two recommendations may be made at once."""
    case = found(request, reference)
    rights.require(rights.may_decide(request.actor, case))
    today = clock.today(case.organisation.time_zone)
    closing = case.closings.order_by("-closed_at").first()
    initial = {"version": case.version, "service": closing.service if closing else ""}
    form = submitted(RecommendForm, request, initial=initial, today=today)
    if form.is_valid():
        given = form.cleaned_data
        advice = actions.Advice(service=given["service"], words=given["words"], officer=given["officer"])
        key = given["entry_key"]
        with refusals_on(form):
            actions.recommend(case=case, advice=advice, by=request.actor, at=clock.now(), entry_key=key)
            return _to_the_case(case)
    return render(request, "desk/recommend.html", {"case": case, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def note_answer(request: StaffRequest, reference: str, rank: int) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    made = recommendation_of(case, rank)
    if made is None:
        raise Http404
    if request.method != "POST" and is_settled(made):
        return _to_the_case(case)
    today = clock.today(case.organisation.time_zone)
    form = submitted(AnswerForm, request, initial={"version": case.version, "answered_on": today})
    if form.is_valid():
        given = form.cleaned_data
        said = actions.ServiceAnswer(
            answer=Answer(given["answer"]), on=given["answered_on"], words=given["words"]
        )
        with refusals_on(form):
            actions.note_answer(recommendation=made, said=said, by=request.actor, at=clock.now())
            return _to_the_case(case)
    context = {"case": case, "form": form, "made": made, "service": every(Service)[made.service]}
    return render(request, "desk/note_answer.html", context)


def is_settled(made: Recommendation) -> bool:
    """What never came may still come."""
    return made.answer not in ("", Answer.NO_ANSWER)


def _to_the_case(case: Case) -> HttpResponseRedirect:
    where = redirect("desk:case", reference=case.reference)
    where["Location"] += "#recommandations"
    return where
