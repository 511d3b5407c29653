"""What is joined to a finding: cases, figures, proposals, and what became of these."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework.actions import consult
from mediane.casework.models import Case
from mediane.findings import actions, rights
from mediane.findings.queries.reading import proposal_of, recommendations_to_join
from mediane.kit import clock
from mediane.kit.references import normalise
from mediane.web.desk.forms_findings import EvidenceForm, FigureForm, FollowUpForm, ProposeForm
from mediane.web.desk.views.findings import wanted
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
def join_evidence(request: StaffRequest, number: int) -> HttpResponse:
    finding = wanted(request, number)
    form = submitted(EvidenceForm, request, offered=recommendations_to_join(finding))
    if form.is_valid():
        reference, now = form.cleaned_data["reference"], clock.now()
        case = _case(request, reference) if reference else None
        if reference and case is None:
            form.add_error("reference", "Aucun dossier de votre Caf n’a cette référence")
        else:
            actions.join_recommendations(
                finding=finding, recommendations=form.chosen(), by=request.actor, at=now
            )
            if case is not None:
                actions.join_case(finding=finding, case=case, by=request.actor, at=now)
            return redirect("desk:finding", number=number)
    return render(request, "desk/finding_evidence.html", {"form": form, "finding": finding})


@require_http_methods(["GET", "HEAD", "POST"])
def cite_figure(request: StaffRequest, number: int) -> HttpResponse:
    finding = wanted(request, number)
    form = submitted(FigureForm, request, today=clock.today(request.organisation.time_zone))
    if form.is_valid():
        with refusals_on(form):
            actions.cite_figure(finding=finding, cited=form.cited(), by=request.actor, at=clock.now())
            return redirect("desk:finding", number=number)
    return render(request, "desk/finding_figure.html", {"form": form, "finding": finding})


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: StaffRequest, number: int) -> HttpResponse:
    finding = wanted(request, number)
    if not rights.may_propose(request.actor, finding):
        raise PermissionDenied
    form = submitted(ProposeForm, request)
    if form.is_valid():
        with refusals_on(form):
            key, proposed = form.cleaned_data["entry_key"], form.proposed()
            actions.propose(
                finding=finding, proposed=proposed, by=request.actor, at=clock.now(), entry_key=key
            )
            return redirect("desk:finding", number=number)
    return render(request, "desk/finding_propose.html", {"form": form, "finding": finding})


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: StaffRequest, number: int, rank: int) -> HttpResponse:
    finding = wanted(request, number)
    proposal = proposal_of(finding, rank)
    if proposal is None:
        raise Http404
    today = clock.today(request.organisation.time_zone)
    form = submitted(FollowUpForm, request, initial={"on": today})
    if form.is_valid():
        with refusals_on(form):
            key, followed = form.cleaned_data["entry_key"], form.followed()
            actions.follow_up(
                proposal=proposal, followed=followed, by=request.actor, at=clock.now(), entry_key=key
            )
            return redirect("desk:finding", number=number)
    context = {"form": form, "finding": finding, "proposal": proposal}
    return render(request, "desk/finding_follow_up.html", context)


def _case(request: StaffRequest, reference: str) -> Case | None:
    """Journaled as any reading."""
    try:
        return consult(reference=normalise(reference), by=request.actor, at=clock.now())
    except (Case.DoesNotExist, ValueError):
        return None
