"""Changing how a person is reached, on her word, from one of her cases."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework import actions, rights
from mediane.casework.queries.reaching import reaching
from mediane.casework.states import Heard
from mediane.kit import clock
from mediane.web.desk.finding import found
from mediane.web.desk.forms_reach import SayHowToReach
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
def how_to_reach(request: StaffRequest, reference: str) -> HttpResponse:
    case, at = found(request, reference), clock.now()
    rights.require(rights.may_work_on(request.actor, case))
    holds = reaching(case)
    known = {"version": case.version}
    form = submitted(SayHowToReach, request, holds=holds, now=at, hides_places=False, initial=known)
    if form.is_valid():
        with refusals_on(form):
            told = form.cleaned_data
            said = actions.Said(
                contact=form.contact(),
                **form.wishes(),
                heard=Heard(told["heard"]),
                note=told["note"],
                seen_at=told["seen_at"],
            )
            actions.note_how_to_reach(case=case, said=said, by=request.actor, at=at)
            return redirect("desk:case", reference=reference)
        form.reads_again()
    return render(request, "desk/how_to_reach.html", {"case": case, "form": form, "reach": holds})
