"""Whom one speaks for now: chosen before anything is done, left at any moment."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mediane.journal.actions import record
from mediane.kit import clock, rowsecurity
from mediane.mandates import actions, rights
from mediane.mandates.queries import held
from mediane.web import gate
from mediane.web.forms import refusals_on, submitted
from mediane.web.representative.forms import Choose, Renounce
from mediane.web.request import RepresentativeRequest


@require_http_methods(["GET", "HEAD"])
def people(request: RepresentativeRequest) -> HttpResponse:
    mandates = held()
    cards = [(mandate, rights.may_revoke(mandate.as_actor(), mandate)) for mandate in mandates]
    return render(request, "representative/people.html", {"cards": cards})


@require_POST
def choose(request: RepresentativeRequest) -> HttpResponse:
    """From here on, everything is done for this person, and says so."""
    form = Choose(request.POST)
    mandate = next((one for one in held() if form.names(one)), None)
    if mandate is None:
        # It ended since the list was shown: the list says who is left.
        return redirect("representative:people")
    with rowsecurity.working_for(rowsecurity.acting(mandate.pk)):
        record(
            verb="act_for",
            subject=("mandate", str(mandate.public_id)),
            by=mandate.as_actor(),
            at=clock.now(),
            beneficiary_id=mandate.beneficiary_id,
        )
    gate.act_under(request, mandate)
    return redirect("citizen:space")


@require_http_methods(["GET", "HEAD", "POST"])
def renounce(request: RepresentativeRequest, public_id: UUID) -> HttpResponse:
    mandate = next((one for one in held() if one.public_id == public_id), None)
    if mandate is None or not rights.may_revoke(mandate.as_actor(), mandate):
        raise Http404
    form = submitted(Renounce, request)
    if form.is_valid():
        with refusals_on(form), rowsecurity.working_for(rowsecurity.acting(mandate.pk)):
            actions.revoke(mandate=mandate, by=mandate.as_actor(), at=clock.now())
        if form.is_valid():
            return redirect("representative:people")
    return render(request, "representative/renounce.html", {"mandate": mandate, "form": form})
