"""Earlier years: a file is read, looked at, then taken whole; what was taken can be undone."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mediane.imports import actions, queries, rights
from mediane.imports.models import Import
from mediane.imports.rules import CASES_MODEL, TOTALS_MODEL, shown
from mediane.imports.states import Kind, State
from mediane.kit import clock, spreadsheet
from mediane.web.desk.forms_imports import Confirm, FileForm
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest

FIRST_LINES = 8
MODELS = {Kind.CASES: CASES_MODEL, Kind.TOTALS: TOTALS_MODEL}


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: StaffRequest) -> HttpResponse:
    _require(request)
    form = submitted(FileForm, request)
    if form.is_bound and form.is_valid():
        name, data = form.cleaned_data["file"]
        with refusals_on(form, "file"):
            read = actions.read_file(name=name, data=data, by=request.actor, at=clock.now())
            return redirect("desk:import", import_id=read.pk)
    context = {
        "form": form,
        "files": queries.imports_of(request.organisation.pk),
        "years": queries.years_of(request.organisation.pk),
    }
    return render(request, "desk/imports.html", context)


@require_safe
def model(request: StaffRequest, kind: str) -> HttpResponse:
    _require(request)
    if kind not in Kind:
        raise Http404
    return _csv(MODELS[Kind(kind)], f"modele-{Kind(kind).label.lower()}.csv")


@require_safe
def reading(request: StaffRequest, import_id: int) -> HttpResponse:
    return _show(request, _found(request, import_id), Confirm())


@require_safe
def faults(request: StaffRequest, import_id: int) -> HttpResponse:
    read = _found(request, import_id)
    told = [["Ligne", "Colonne", "À corriger"], *([str(cell) for cell in fault] for fault in read.faults)]
    return _csv(told, "corrections.csv")


@require_POST
def take(request: StaffRequest, import_id: int) -> HttpResponse:
    read, form = _found(request, import_id), submitted(Confirm, request)
    with refusals_on(form):
        actions.take(read=read, by=request.actor, at=clock.now())
        return redirect("desk:import", import_id=read.pk)
    return _show(request, _found(request, import_id), form)


@require_POST
def undo(request: StaffRequest, import_id: int) -> HttpResponse:
    taken, form = _found(request, import_id), submitted(Confirm, request)
    with refusals_on(form):
        actions.undo(taken=taken, by=request.actor, at=clock.now())
        return redirect("desk:import", import_id=taken.pk)
    return _show(request, _found(request, import_id), form)


@require_POST
def discard(request: StaffRequest, import_id: int) -> HttpResponse:
    read, form = _found(request, import_id), submitted(Confirm, request)
    with refusals_on(form):
        actions.discard(read=read, by=request.actor, at=clock.now())
        return redirect("desk:imports")
    return _show(request, _found(request, import_id), form)


def _show(request: StaffRequest, one: Import, form: Confirm) -> HttpResponse:
    kind = Kind(one.kind)
    context: dict[str, Any] = {
        "form": form,
        "file": one,
        "state": State(one.state),
        "is_cases": kind == Kind.CASES,
        "columns": [{"text": head} for head in MODELS[kind][0]],
        "lines": [shown(kind, row, queries.labels()) for row in one.rows[:FIRST_LINES]],
    }
    return render(request, "desk/import.html", context)


def _csv(told: list[list[str]], name: str) -> HttpResponse:
    answer = HttpResponse(spreadsheet.as_csv(told), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _found(request: StaffRequest, import_id: int) -> Import:
    _require(request)
    one = Import.objects.filter(organisation_id=request.organisation.pk, pk=import_id).first()
    if one is None:
        raise Http404
    return one


def _require(request: StaffRequest) -> None:
    if not rights.may_import(request.actor):
        raise PermissionDenied
