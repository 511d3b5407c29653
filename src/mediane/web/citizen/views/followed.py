"""Following a request by the code printed on its receipt, without an account."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mediane.casework.actions import follow_up
from mediane.casework.rules import followed
from mediane.casework.rules.followed import Followed
from mediane.kit import clock
from mediane.organisations.queries import by_id
from mediane.web.citizen.forms.followed import FollowForm
from mediane.web.forms import submitted
from mediane.web.request import open_to_all

# For a wrong code, an unknown reference and a code that ended: none is told apart.
NOT_TOGETHER = "Cette référence et ce code ne vont pas ensemble, ou le code ne sert plus."


@open_to_all
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The answer is the page itself: nothing of it stays in an address, a session or the history."""
    form = submitted(FollowForm, request)
    if form.is_bound and form.is_valid():
        found = follow_up(**form.cleaned_data, at=clock.now())
        if found is not None:
            return _show(request, found, form.cleaned_data["reference"])
        form.add_error(None, ValidationError(NOT_TOGETHER))
    return render(request, "citizen/follow_by_code.html", {"form": form})


def _show(request: HttpRequest, found: Followed, reference: str) -> HttpResponse:
    organisation = by_id(found.organisation_id)
    request.organisation = organisation  # type: ignore[attr-defined]
    today = clock.today(organisation.time_zone)
    words = {
        "reference": reference,
        "headline": followed.title(found.situation),
        "lead": followed.sentence(found.situation, today),
        "awaited": followed.awaited(found, today),
        "appointment": found.appointment,
        "stages": followed.stages(found, today),
    }
    return render(request, "citizen/followed.html", words)
