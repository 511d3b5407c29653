"""What anybody may read: what mediation is, where one’s own Caf stands, and the house’s promises."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mediane.eligibility.queries import policy_on
from mediane.kit import clock
from mediane.kit.french import number_in_words
from mediane.organisations.queries import all_cafs, by_code
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
    cafs = [(organisation, organisation.is_online(today)) for organisation in all_cafs()]
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
    is_online = organisation is None or organisation.is_online(clock.today(organisation.time_zone))
    _, policy = policy_on(clock.today(organisation.time_zone if organisation else "Europe/Paris"))
    words = {"form": form, "is_online": is_online, "months": number_in_words(policy.waiting_months)}
    return render(request, "citizen/start.html", words)
