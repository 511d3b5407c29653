"""Cases as a file: who asks, who decides, where it stands, and the file itself for a day."""

from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mediane.exports import actions, queries, rights
from mediane.exports.models import Export
from mediane.exports.states import Format, State
from mediane.kit import clock
from mediane.organisations.models import Role
from mediane.web.desk.forms_exports import AskForm, DecisionForm
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest

MOST_SHOWN = 50
TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: StaffRequest) -> HttpResponse:
    form = submitted(AskForm, request, this_year=clock.today(request.organisation.time_zone).year)
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            asked = actions.ask(**form.cleaned_data, by=request.actor, at=clock.now())
            return redirect("desk:export", number=asked.number)
    found = queries.exports_of(request.organisation.pk)[:MOST_SHOWN]
    rows = [{"export": one, "standing": _standing(one)} for one in found]
    context = {"form": form, "rows": rows, "approval": _who_approves(request)}
    return render(request, "desk/exports.html", context)


def _who_approves(request: StaffRequest) -> str:
    """Of what the reader asks for."""
    if request.actor.role != Role.MEDIATOR:
        return "Un médiateur ou une médiatrice de la Caf l’approuve."
    if queries.has_another_mediator(request.organisation.pk, request.actor.id):
        return "Un autre médiateur ou une autre médiatrice de la Caf l’approuve."
    return (
        "Personne d’autre ne peut l’approuver dans votre Caf\u00a0: vous le faites vous-même, "
        "en disant pourquoi le fichier est nécessaire."
    )


@require_safe
def export(request: StaffRequest, number: str) -> HttpResponse:
    return _show(request, _found(request, number), DecisionForm())


@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: StaffRequest, number: str) -> HttpResponse:
    return _decide(request, number, actions.approve)


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: StaffRequest, number: str) -> HttpResponse:
    return _decide(request, number, actions.refuse)


def _decide(request: StaffRequest, number: str, verb: Any) -> HttpResponse:
    one, form = _found(request, number), submitted(DecisionForm, request)
    if not form.is_bound:
        # The address of a refused decision, opened again.
        return redirect("desk:export", number=number)
    if form.is_valid():
        with refusals_on(form, "words"):
            words = form.cleaned_data["words"]
            verb(export=one, words=words, by=request.actor, at=clock.now())
            return redirect("desk:export", number=number)
    return _show(request, _found(request, number), form)


@require_safe
def take_away(request: StaffRequest, number: str) -> HttpResponseBase:
    one, form = _found(request, number), DecisionForm(data={})
    with refusals_on(form):
        parts = actions.take_away(export=one, by=request.actor, at=clock.now())
        answer = StreamingHttpResponse(parts, content_type=TYPES[Format(one.format)])
        name = f"dossiers-{request.organisation.code}-{one.year}-{one.number}.{one.format}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["Content-Length"] = str(one.size)
        return answer
    return _show(request, _found(request, number), form)


def _show(request: StaffRequest, one: Export, form: DecisionForm) -> HttpResponse:
    is_mine = one.asked_by_id == request.actor.id
    has_another = queries.has_another_mediator(request.organisation.pk, request.actor.id)
    may_decide = rights.may_decide(request.actor, one)
    context = {
        "export": one,
        "form": form,
        "standing": _standing(one),
        "is_mine": is_mine,
        "may_decide": may_decide and not (is_mine and has_another),
        "may_take_away": rights.may_take_away(request.actor, one),
    }
    return render(request, "desk/export.html", context)


def _standing(one: Export) -> State:
    """Past its day it is as good as removed, whatever the sweep has done of it."""
    is_gone = one.state == State.READY and queries.is_past(one, clock.now())
    return State.EXPIRED if is_gone else State(one.state)


def _found(request: StaffRequest, number: str) -> Export:
    one = queries.export_numbered(request.organisation.pk, number)
    if one is None:
        raise Http404
    return one
