"""Who may act for me: given and taken back by the person alone."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mediane.casework.queries.own_case import cases_of
from mediane.kit import clock, rowsecurity
from mediane.kit.refusal import Refusal
from mediane.mandates import actions, rights
from mediane.mandates.queries import mandate_of, mandates_of
from mediane.mandates.rules import State
from mediane.web.citizen.accounts import other_accounts
from mediane.web.citizen.forms_mandates import Give
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import PersonRequest

NOW = (State.RUNNING, State.COMING)


@require_safe
def mandates(request: PersonRequest) -> HttpResponse:
    _by_oneself(request)
    return _show(request)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: PersonRequest) -> HttpResponse:
    _by_oneself(request)
    today = clock.today(request.organisation.time_zone)
    form = submitted(Give, request, cases=cases_of(request.beneficiary.pk), today=today)
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            actions.give(of=request.beneficiary, terms=form.terms(), by=request.actor, at=clock.now())
        if form.is_valid():
            return redirect("citizen:mandates")
    return render(request, "citizen/mandate_give.html", {"form": form})


@require_POST
def revoke(request: PersonRequest, public_id: UUID) -> HttpResponse:
    _by_oneself(request)
    for account in (request.beneficiary, *other_accounts(request)):
        said = ""
        with rowsecurity.working_for(rowsecurity.person(account.pk)):
            mandate = mandate_of(account.pk, public_id)
            if mandate is None:
                continue
            try:
                actions.revoke(mandate=mandate, by=account.as_actor(), at=clock.now())
            except Refusal as refusal:
                said = refusal.sentence
        return _show(request, said) if said else redirect("citizen:mandates")
    raise Http404


def _by_oneself(request: PersonRequest) -> None:
    """Whoever acts for somebody gives no mandate in their name.

    :raises PermissionDenied: under a mandate.
    """
    if not rights.may_give(request.actor, request.beneficiary):
        raise PermissionDenied


def _show(request: PersonRequest, said: str = "") -> HttpResponse:
    today = clock.today(request.organisation.time_zone)
    words: dict[str, Any] = {"said": said, "running": [], "over": []}
    # Given from another account that was found to be hers too, it is hers to take back.
    for account in (request.beneficiary, *other_accounts(request)):
        with rowsecurity.working_for(rowsecurity.person(account.pk)):
            for mandate in mandates_of(account.pk):
                if mandate.state_on(today) in NOW:
                    words["running"].append((mandate, rights.may_revoke(account.as_actor(), mandate)))
                else:
                    words["over"].append(mandate)
    return render(request, "citizen/mandates.html", words)
