"""Findings as the head reads them: what comes back, what is proposed, what was done; no case."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mediane.findings.queries.reading import figures_of, finding_of, findings_of, proposals_of
from mediane.kit import clock
from mediane.web.measured import measure_of, measured, shown_figures
from mediane.web.request import StaffRequest


@require_safe
def findings(request: StaffRequest) -> HttpResponse:
    _of_a_caf(request)
    return render(request, "steering/findings.html", {"listed": findings_of(request.organisation.pk)})


@require_safe
def finding(request: StaffRequest, number: int) -> HttpResponse:
    _of_a_caf(request)
    shown = finding_of(request.organisation.pk, number)
    if shown is None:
        raise Http404
    proposals = proposals_of(shown)
    context = {
        "finding": shown,
        "measure": measure_of(shown),
        "proposals": proposals,
        "measured": measured(shown, proposals, clock.today(request.organisation.time_zone)),
        "figures": shown_figures(figures_of(shown)),
    }
    return render(request, "steering/finding.html", context)


def _of_a_caf(request: StaffRequest) -> None:
    """Findings are a Caf’s own."""
    if request.actor.kind == "national":
        raise PermissionDenied
