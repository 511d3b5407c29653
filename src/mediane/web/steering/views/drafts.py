"""A draft of the rules: written, tried on the tests of the past year, published or thrown away."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mediane.eligibility import actions
from mediane.eligibility.models import EligibilityPolicy
from mediane.eligibility.queries import as_rule, policy_on
from mediane.eligibility.queries import simulate as replayed
from mediane.kit import clock
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest
from mediane.web.steering import forms, periods, words
from mediane.web.steering.comparison import compared
from mediane.web.steering.finding import found, require_national


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: StaffRequest) -> HttpResponse:
    require_national(request)
    current, _ = policy_on(clock.today(request.organisation.time_zone))
    form = submitted(forms.PolicyForm, request, initial=forms.as_typed(current))
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            draft = actions.draft_policy(choices=form.choices(), by=request.actor, at=clock.now())
            return redirect("steering:simulate_policy", draft_id=draft.pk)
    return render(request, "steering/policy_form.html", {"form": form, "draft": None})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, draft_id: int) -> HttpResponse:
    draft = found(request, draft_id)
    form = submitted(forms.PolicyForm, request, initial=forms.as_typed(draft))
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            actions.change_policy(
                draft=draft,
                choices=form.choices(),
                seen_revision=form.cleaned_data["revision"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("steering:simulate_policy", draft_id=draft.pk)
        _see(form, draft)
    return render(request, "steering/policy_form.html", {"form": form, "draft": draft})


@require_http_methods(["GET", "HEAD", "POST"])
def simulate(request: StaffRequest, draft_id: int) -> HttpResponse:
    """What is published is what was tried: the form carries the revision that the page shows."""
    draft = found(request, draft_id)
    form = submitted(forms.PublishForm, request, initial={"revision": draft.revision})
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            actions.publish_policy(
                draft=draft,
                effective_from=form.cleaned_data["effective_from"],
                seen_revision=form.cleaned_data["revision"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("steering:policies")
        _see(form, draft)
    since = periods.beginning(clock.today(request.organisation.time_zone), periods.USUAL)
    context: dict[str, Any] = {"form": form, "draft": draft, "decisions": words.decisions(draft)}
    context |= compared(replayed(as_rule(draft), since=since))
    return render(request, "steering/simulation.html", context)


@require_POST
def discard(request: StaffRequest, draft_id: int) -> HttpResponse:
    draft = found(request, draft_id)
    actions.discard_policy(draft=draft, by=request.actor, at=clock.now())
    return redirect("steering:policies")


def _see(form: forms.PolicyForm | forms.PublishForm, draft: EligibilityPolicy) -> None:
    """After a refusal: what was typed stays, and the next try is made on the draft as it now is."""
    now = EligibilityPolicy.objects.filter(pk=draft.pk).first()
    if now is not None and isinstance(form.data, QueryDict):
        draft.refresh_from_db()
        form.data = form.data.copy()
        form.data["revision"] = str(now.revision)
