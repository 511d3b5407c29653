"""The two ways the person ends a mediation: withdrawing, or having gone to court."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework.actions import end_by_litigation
from mediane.casework.actions import withdraw as withdraw_case
from mediane.kit import clock
from mediane.web.citizen.forms_space import Litigation, Withdraw
from mediane.web.citizen.space_case import found, page_of
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: PersonRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    if not case.is_open:
        return redirect(page_of(case))
    form = submitted(Withdraw, request)
    if form.is_bound:
        with refusals_on(form):
            withdraw_case(case=case, by=request.actor, at=clock.now())
        if form.is_valid():
            return redirect(page_of(case))
    return render(request, "citizen/space_withdraw.html", {"case": case, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def litigation(request: PersonRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    if not case.is_open:
        return redirect(page_of(case))
    form = submitted(Litigation, request)
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            end_by_litigation(case=case, **form.cleaned_data, by=request.actor, at=clock.now())
        if form.is_valid():
            return redirect(page_of(case))
    return render(request, "citizen/space_litigation.html", {"case": case, "form": form})
