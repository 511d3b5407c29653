"""Findings of the service: the list, one with all that shows it, and the words of one."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mediane.catalogue.models import Service
from mediane.catalogue.queries import every
from mediane.findings import actions, rights
from mediane.findings.models import Finding
from mediane.findings.queries.reading import (
    evidence_of,
    figures_of,
    finding_of,
    findings_of,
    proposals_of,
)
from mediane.kit import clock
from mediane.web.desk.forms_findings import FindingForm
from mediane.web.forms import refusals_on, submitted
from mediane.web.measured import measure_of, measured, shown_figures
from mediane.web.request import StaffRequest


@require_safe
def findings(request: StaffRequest) -> HttpResponse:
    context = {"listed": findings_of(request.organisation.pk), "may_find": rights.may_find(request.actor)}
    return render(request, "desk/findings.html", context)


@require_safe
def finding(request: StaffRequest, number: int) -> HttpResponse:
    shown = wanted(request, number)
    proposals = proposals_of(shown)
    today = clock.today(request.organisation.time_zone)
    context = {
        "finding": shown,
        "measure": measure_of(shown),
        "proposals": proposals,
        "measured": measured(shown, proposals, today),
        "figures": shown_figures(figures_of(shown)),
        "most_figures": actions.MOST_FIGURES,
        "evidence": [
            (one, every(Service)[one.recommendation.service].with_article if one.recommendation else "")
            for one in evidence_of(shown)
        ],
        "may_propose": rights.may_propose(request.actor, shown),
    }
    return render(request, "desk/finding.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_finding(request: StaffRequest) -> HttpResponse:
    if not rights.may_find(request.actor):
        raise PermissionDenied
    # A signal of early warning brings what it measures.
    measured_by = {"measure": request.GET.get("mesure", ""), "benefit": request.GET.get("prestation", "")}
    form = submitted(FindingForm, request, initial={"version": 0} | measured_by)
    if form.is_valid():
        key = form.cleaned_data["entry_key"]
        with refusals_on(form):
            opened = actions.open_finding(told=form.told(), by=request.actor, at=clock.now(), entry_key=key)
            return redirect("desk:finding", number=opened.number)
    return render(request, "desk/finding_words.html", {"form": form, "finding": None})


@require_http_methods(["GET", "HEAD", "POST"])
def change_finding(request: StaffRequest, number: int) -> HttpResponse:
    shown = wanted(request, number)
    if not rights.may_propose(request.actor, shown):
        raise PermissionDenied
    known = {"title": shown.title, "words": shown.words, "benefit": shown.benefit, "version": shown.version}
    known["measure"] = f"{shown.motive}:{shown.code}" if shown.motive else ""
    form = submitted(FindingForm, request, initial=known)
    if form.is_valid():
        seen = form.cleaned_data["version"]
        with refusals_on(form):
            actions.change_finding(
                finding=shown, told=form.told(), seen_version=seen, by=request.actor, at=clock.now()
            )
            return redirect("desk:finding", number=number)
        # What was typed stays; the next try is made on the finding as it now is.
        form.data = form.data.copy()
        form.data["version"] = str(wanted(request, number).version)
    return render(request, "desk/finding_words.html", {"form": form, "finding": wanted(request, number)})


def wanted(request: StaffRequest, number: int) -> Finding:
    """Unknown and foreign are the same."""
    shown = finding_of(request.organisation.pk, number)
    if shown is None:
        raise Http404
    return shown
