"""Why precisely, benefit by benefit, for a year: a table and a paragraph to take into the report."""

from dataclasses import replace
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mediane.catalogue.models import Benefit
from mediane.catalogue.queries import every
from mediane.kit import clock
from mediane.statistics.queries.lists import word
from mediane.statistics.queries.reasons import reasons_by_benefit
from mediane.statistics.rules.comparing import percent_in_column
from mediane.statistics.rules.drafting_reasons import drafted
from mediane.statistics.states import Axis
from mediane.web.request import StaffRequest
from mediane.web.steering.figures.asked import asked, year

YEARS_BACK = 5


@require_safe
def reasons(request: StaffRequest) -> HttpResponse:
    today = clock.today(request.organisation.time_zone)
    years = range(today.year, today.year - YEARS_BACK, -1)
    number = next((one for one in years if str(one) == request.GET.get("annee")), today.year)
    period = year(number, today)
    place = asked({}, actor=request.actor, own=request.organisation, today=today)
    label = partial(word, Axis.REASON)
    shown = []
    for one in reasons_by_benefit(place.place, since=period.since, until=period.until):
        named = replace(one, benefit=every(Benefit)[one.benefit].short)
        rows = [
            (label(line.code), line.number, percent_in_column(line.share)) for line in one.lines if line.share
        ]
        shown.append((named, drafted(named, label), rows))
    context = {
        "shown": [one for one in shown if one[2]],
        "without": [words for _, words, rows in shown if not rows],
        "year": number,
        "years": years,
        "place": place.place_name,
    }
    return render(request, "steering/reasons.html", context)
