"""What the service notes of whoever asks: optional, in bands, for figures only."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework import actions, rights
from mediane.casework.models import SocialFacts
from mediane.kit import clock
from mediane.web.desk.finding import found
from mediane.web.desk.forms_social import SocialForm
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
def note_social(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    held = SocialFacts.objects.filter(case=case).first()
    today = clock.today(case.organisation.time_zone)
    initial = {"version": case.version, **SocialForm.known(held)}
    form = submitted(SocialForm, request, today=today, held=held, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            actions.note_social(
                case=case,
                social=form.social(),
                seen_version=form.cleaned_data["version"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:case", reference=reference)
        form.sees(case)
    return render(request, "desk/social.html", {"case": case, "form": form})
