"""What anybody may read: what mediation is, where one’s own Caf stands, and the house’s promises."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mediane.eligibility.queries import policy_on
from mediane.kit import clock
from mediane.kit.french import number_in_words
from mediane.mailroom.queries import policy_of
from mediane.mailroom.states import Policy
from mediane.organisations.queries import all_cafs, by_code, opening_of, openings
from mediane.organisations.rules import DEPARTMENTS
from mediane.web.citizen.forms.finder import FinderForm
from mediane.web.forms import submitted
from mediane.web.request import open_to_all


@open_to_all
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    return _start(request, FinderForm())


@open_to_all
@require_safe
def caf(request: HttpRequest, code: str) -> HttpResponse:
    """The page of one Caf: its mediator, and whether one may write online."""
    organisation = by_code(code) if code in DEPARTMENTS else None
    if organisation is None:
        raise Http404
    request.organisation = organisation  # type: ignore[attr-defined]
    return _start(request, FinderForm())


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    form = submitted(FinderForm, request)
    if form.is_bound and form.is_valid():
        return redirect("citizen:caf", code=form.cleaned_data["postcode"])
    today = clock.today()
    opened = openings()
    cafs = [(organisation, opened[organisation.pk].is_online(today)) for organisation in all_cafs()]
    return render(
        request,
        "citizen/find.html",
        {"form": form, "cafs": cafs, "on_paper": any(not is_online for _, is_online in cafs)},
    )


@open_to_all
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Help, accessibility, privacy, terms."""
    return render(request, f"citizen/{name}.html")


def _start(request: HttpRequest, form: FinderForm) -> HttpResponse:
    organisation = request.organisation  # type: ignore[attr-defined]
    opening = opening_of(organisation.pk) if organisation else None
    today = clock.today(organisation.time_zone if organisation else "Europe/Paris")
    is_online = opening is None or opening.is_online(today)
    _, policy = policy_on(today)
    is_read = organisation is not None and policy_of(organisation.pk, today) is Policy.OPEN
    words = {
        "by_email": organisation.email if is_read else "",
        "form": form,
        "is_online": is_online,
        "opening": opening,
        "months": number_in_words(policy.waiting_months),
    }
    return render(request, "citizen/start.html", words)
