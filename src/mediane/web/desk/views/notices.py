"""What one wants to be told by e-mail, when, and when not."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.attendance.actions.notices import choose
from mediane.attendance.queries.notices import wish_of
from mediane.attendance.states import Topic
from mediane.kit import clock
from mediane.organisations.queries import membership_of
from mediane.web.desk.forms_attendance import NoticesForm
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest

SAVED = "enregistre"


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: StaffRequest) -> HttpResponse:
    wish = wish_of(organisation_id=request.organisation.pk, user_id=request.actor.id)
    form = submitted(NoticesForm, request, initial=NoticesForm.known(wish))
    if form.is_valid():
        with refusals_on(form):
            choose(
                chosen=form.chosen,
                quiet=form.quiet_days,
                seen_version=form.cleaned_data["version"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect(f"{request.path}?{SAVED}=1")
    if form.non_field_errors() and isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data["version"] = str(wish.version)
    member = membership_of(request.actor.id, request.organisation.pk)
    context = {
        "form": form,
        "topics": [form[topic.value] for topic in Topic],
        "address": member.user.email if member else "",
        "is_saved": SAVED in request.GET and not form.is_bound,
    }
    return render(request, "desk/notices.html", context)
