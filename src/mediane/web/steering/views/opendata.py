"""Open data: a whole year of a Caf or of the network, published once, small numbers masked."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mediane.catalogue.rules import threshold_on
from mediane.kit import clock
from mediane.organisations.models import Organisation
from mediane.organisations.queries import all_cafs, by_code
from mediane.statistics import actions, rights
from mediane.statistics.queries import published
from mediane.web import opendata as packages
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest
from mediane.web.steering.forms_opendata import PublishForm


@require_http_methods(["GET", "HEAD", "POST"])
def opendata(request: StaffRequest) -> HttpResponse:
    today = clock.today(request.organisation.time_zone)
    may_publish = rights.may_publish(request.actor)
    waiting = published.years_to_publish(today.year) if may_publish else []
    form = submitted(PublishForm, request, years=waiting)
    if form.is_bound and form.is_valid():
        with refusals_on(form, "year"):
            year = form.cleaned_data["year"]
            actions.order_publication(year=year, by=request.actor, at=clock.now())
            return redirect(f"{reverse('steering:opendata')}?demandee={year}")
    cafs = all_cafs() if may_publish else []
    context = {
        "form": form,
        "years": published.published_years(),
        "waiting": waiting,
        "ordered": [year for year in waiting if str(year) == request.GET.get("demandee")],
        "may_publish": may_publish,
        "caf": _chosen(request),
        "cafs": [(caf.code, f"{caf.code} {caf.name}") for caf in cafs],
        "threshold": threshold_on(today),
    }
    return render(request, "steering/opendata.html", context)


@require_safe
def opendata_package(request: StaffRequest, year: int, place: str) -> HttpResponse:
    return packages.answer(place, year)


def _chosen(request: StaffRequest) -> Organisation:
    """One’s own Caf; for the national mediation, the one asked for."""
    if not request.organisation.is_national:
        return request.organisation
    return by_code(request.GET.get("caf", "")) or all_cafs()[0]
