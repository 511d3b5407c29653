"""Put a case on hold until somebody else decides, and take it back."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework import actions, rights
from mediane.casework.rules.waits import Awaited, rules_in_words
from mediane.kit import clock
from mediane.web.desk import forms
from mediane.web.desk.finding import found
from mediane.web.desk.forms_waits import Because
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    today = clock.today(case.organisation.time_zone)
    form = submitted(forms.Wait, request, today=today, initial={"version": case.version})
    if form.is_valid():
        with refusals_on(form):
            actions.await_decision(
                case=case,
                body=form.cleaned_data["body"],
                reason=form.cleaned_data["reason"],
                look_again_on=form.cleaned_data["look_again_on"],
                seen_version=form.cleaned_data["version"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:case", reference=reference)
        form.sees(case)
    rules = rules_in_words(Awaited.DECISION, today)
    return render(request, "desk/hold.html", {"case": case, "form": form, "rules": rules})


@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: StaffRequest, reference: str) -> HttpResponse:
    """Whoever ends a wait for a decision says why; without one, there is nothing to say."""
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    is_awaited = case.holds.filter(ended_on=None).exists()
    form = submitted(Because, request, is_required=is_awaited, initial={"version": case.version})
    if form.is_valid():
        with refusals_on(form):
            actions.resume(
                case=case,
                because=form.cleaned_data["because"],
                seen_version=form.cleaned_data["version"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:case", reference=reference)
        form.sees(case)
    return render(request, "desk/resume.html", {"case": case, "form": form})
