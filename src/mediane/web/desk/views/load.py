"""Who carries how much: for the mediator who shares out the work, and nobody outside of the service."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mediane.casework import rights
from mediane.casework.queries.load import carriers
from mediane.casework.rules.load import DEFINITIONS, all_ages, whole
from mediane.kit import clock
from mediane.kit.months import month_of, months_later
from mediane.web.desk.away import away_today, hints, in_their_place
from mediane.web.request import StaffRequest

PERIODS = ((1, "Depuis le mois dernier"), (3, "Depuis 3 mois"), (12, "Depuis 12 mois"))
USUAL = 3


@require_safe
def load(request: StaffRequest) -> HttpResponse:
    rights.require(rights.may_see_loads(request.actor))
    caf, now = request.organisation, clock.now()
    months = next((n for n, _ in PERIODS if str(n) == request.GET.get("mois")), USUAL)
    since = months_later(month_of(clock.day_of(now, caf.time_zone)), -months)
    carried = carriers(caf, since=datetime.combine(since, time.min, ZoneInfo(caf.time_zone)), until=now)
    away = away_today(request)
    context = {
        "carried": carried,
        "whole": whole(one.load for one in carried),
        "most": max((one.load.open for one in carried), default=0),
        "ages": all_ages(one.ages for one in carried),
        "away": hints(away),
        "covering": in_their_place(away),
        "definitions": DEFINITIONS,
        "periods": PERIODS,
        "months": months,
        "usual": USUAL,
        "since": since,
    }
    return render(request, "desk/load.html", context)
