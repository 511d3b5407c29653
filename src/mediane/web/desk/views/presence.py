"""The pulse of a page open on a case, and its end. What it answers was said to whoever opened the page."""

from django import forms
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from mediane.attendance.actions import presence
from mediane.attendance.states import Doing
from mediane.kit import clock
from mediane.web.request import StaffRequest


class PageForm(forms.Form):
    page = forms.UUIDField()
    doing = forms.ChoiceField(choices=Doing)


@require_POST
def pulse(request: StaffRequest, reference: str) -> HttpResponse:
    case, form = presence.case_number(reference, request.actor), PageForm(data=request.POST)
    if case is None or not form.is_valid():
        raise Http404
    page, doing = form.cleaned_data["page"], Doing(form.cleaned_data["doing"])
    others = presence.be_here(case_id=case, page=page, doing=doing, by=request.actor, at=clock.now())
    return JsonResponse({"others": others})


@require_POST
def leave(request: StaffRequest, reference: str) -> HttpResponse:
    form = PageForm(data=request.POST)
    if not form.is_valid():
        raise Http404
    presence.leave(page=form.cleaned_data["page"], by=request.actor)
    return HttpResponse(status=204)
