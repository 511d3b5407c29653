"""Early warning: what comes back more often than it should, since when, how much, and in which cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mediane.casework.models import Case
from mediane.casework.queries.motives import MOST, cases_with_cause, cases_with_ground
from mediane.catalogue.models import Benefit
from mediane.catalogue.queries import every
from mediane.findings.rights import may_find
from mediane.findings.states import Motive
from mediane.kit import clock
from mediane.kit.french import MONTHS, capital, number
from mediane.kit.months import months_later, next_month
from mediane.statistics.models import Signal
from mediane.statistics.queries.counted import NETWORK, Place
from mediane.statistics.queries.lists import word
from mediane.statistics.queries.signals import COUNTED, series_of, signals_of
from mediane.statistics.rules.control import CHART, seasons, watched
from mediane.web.request import StaffRequest
from mediane.web.steering import charts, charts_drawn
from mediane.web.steering.figures.shown import Drawing
from mediane.web.steering.figures.volumes import NARROW, WIDE, month_labels

MONTHS_BEFORE = MONTHS_DRAWN = 12
COUNTED_AS = {Motive.GROUND: "reçues", Motive.CAUSE: "closes"}


@dataclass(frozen=True)
class Shown:
    signal: Signal
    motive: str
    what: str
    benefit: str
    since: str
    expected: str
    how_much: str


@dataclass(frozen=True)
class Month:
    first: date
    observed: int
    expected: float
    is_rise: bool

    @property
    def name(self) -> str:
        return capital(f"{MONTHS[self.first.month - 1]} {self.first.year}")

    @property
    def shown_expected(self) -> str:
        return _one_place(self.expected)


@require_safe
def alerts(request: StaffRequest) -> HttpResponse:
    """Of one’s Caf; the national mediation reads those of each."""
    is_national = request.actor.kind == "national"
    found = signals_of(None if is_national else request.organisation)
    context = {
        "shown": [_shown(one) for one in found],
        "is_national": is_national,
        "fewest": CHART.fewest,
        "shortest": CHART.shortest_base,
    }
    return render(request, "steering/alerts.html", context)


@require_safe
def alert(request: StaffRequest, motive: str, code: str, benefit: str) -> HttpResponse:
    one = Signal.objects.filter(
        organisation=request.organisation, motive=motive, code=code, benefit=benefit
    ).first()
    if one is None:
        raise Http404
    is_staff = request.actor.kind == "staff"
    finding = urlencode({"mesure": f"{one.motive}:{one.code}", "prestation": one.benefit})
    months, counted_as = _months(request, one), COUNTED_AS[Motive(one.motive)]
    drawing = _drawing(months[-MONTHS_DRAWN:], counted_as)
    said = f"Saisines {counted_as} chaque mois, à côté de ce qui était attendu. Nombres dans le tableau."
    context = {
        "one": _shown(one),
        "months": months,
        "looks": drawing.looks,
        "pictures": charts_drawn.pictures([("mois-dessin", drawing, said)]).get("mois-dessin", []),
        "counted_as": counted_as,
        "is_of_closings": one.motive == Motive.CAUSE,
        "cases": _cases(one) if is_staff else [],
        "most": MOST,
        "is_staff": is_staff,
        "finding": finding if may_find(request.actor) else "",
    }
    return render(request, "steering/alert.html", context)


def _shown(one: Signal) -> Shown:
    return Shown(
        signal=one,
        motive=Motive(one.motive).label,
        what=word(COUNTED[Motive(one.motive)][1], one.code),
        benefit=every(Benefit)[one.benefit].short,
        since=f"{MONTHS[one.since.month - 1]} {one.since.year}",
        expected=_one_place(one.expected),
        how_much=_how_much(one),
    )


def _one_place(value: Decimal | float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _how_much(one: Signal) -> str:
    """« 2,4 fois plus que prévu »; no ratio of less than one expected."""
    if one.expected < 1:
        return "presque rien n’était attendu"
    return f"{_one_place(one.observed / one.expected)} fois ce qui était attendu"


def _months(request: StaffRequest, one: Signal) -> list[Month]:
    """From a year before the rise."""
    today = clock.today(request.organisation.time_zone)
    key = (Motive(one.motive), one.code, one.benefit)
    own = series_of(Place(request.organisation.pk), today=today, benefit=one.benefit).get(key, {})
    network = series_of(NETWORK, today=today, benefit=one.benefit).get(key, own)
    first = months_later(one.since, -MONTHS_BEFORE)
    return [
        Month(month.month, month.observed, month.expected, month.month >= one.since)
        for month in watched(own, seasons(network))
        if first <= month.month <= one.until
    ]


def _drawing(months: Sequence[Month], counted_as: str) -> Drawing:
    """What came beside what was expected; the numbers of the rise are written."""
    labels = month_labels([month.first for month in months])
    observed, expected = ([getattr(month, name) for month in months] for name in ("observed", "expected"))
    tops = {rank: number(month.observed) for rank, month in enumerate(months, 1) if month.is_rise}
    return Drawing.of(
        lambda width: charts.months(labels, observed, expected, tops=tops, width=width),
        wide=WIDE,
        narrow=NARROW - 10,
        looks=(("solid", f"Saisines {counted_as}"), ("striped", "Attendues")),
    )


def _cases(one: Signal) -> Sequence[Case]:
    since, until = one.since, next_month(one.until)
    if one.motive == Motive.GROUND:
        return cases_with_ground(
            one.organisation, ground=one.code, benefit=one.benefit, since=since, until=until
        )
    return cases_with_cause(one.organisation, cause=one.code, benefit=one.benefit, since=since, until=until)
