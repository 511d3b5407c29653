"""The code by which a request that came by post is followed: given, shown once, printed on its receipt."""

from dataclasses import replace

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from mediane.casework import actions, rights
from mediane.casework.queries.following import code_of, opens
from mediane.casework.rules import follow_code as rules
from mediane.correspondence.paper import receipt_pdf
from mediane.correspondence.queries import receipt_sheet
from mediane.kit import clock
from mediane.web.desk.finding import found
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
def follow_code(request: StaffRequest, reference: str) -> HttpResponse:
    """The page that answers is the only one to show the code: nothing leads to it twice."""
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    form, code = submitted(forms.Form, request), ""
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            code = actions.give_follow_code(case=case, by=request.actor, at=clock.now())
    words = {"case": case, "form": form, "code": code, "given": code_of(case)}
    return render(request, "desk/follow_code.html", words)


@require_POST
@sensitive_post_parameters("code")
def follow_receipt(request: StaffRequest, reference: str) -> HttpResponse:
    """The receipt with the code on it, printed from the page that shows it. One that ended is not printed."""
    case = found(request, reference)
    code = rules.normalise(request.POST.get("code", ""))
    if not opens(case, code):
        return redirect("desk:follow_code", reference=case.reference)
    where = f"{settings.PUBLIC_URL}{reverse('citizen:follow_by_code')}".partition("://")[2]
    sheet = replace(receipt_sheet(case), follow_address=where, follow_code=code)
    response = HttpResponse(receipt_pdf(sheet), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="accuse-enregistrement-{case.reference}.pdf"'
    return response
