"""What was counted, for a place and a period: one indexed read, whatever the history."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, QuerySet

from mediane.organisations.models import Organisation
from mediane.statistics.models import Tally, Watermark
from mediane.statistics.rules.counts import Counts, added
from mediane.statistics.states import Population


@dataclass(frozen=True)
class Place:
    """A Caf, a region of the network by its name, or the whole network."""

    organisation_id: int | None = None
    region: str = ""


NETWORK = Place()
Months = dict[date, dict[Population, Counts]]


@dataclass(frozen=True)
class Narrowed:
    """By a channel, a benefit, or both; codes of the catalogue."""

    channel: str = ""
    benefit: str = ""


def months_of(place: Place, *, since: date, until: date, by: Narrowed = Narrowed()) -> Months:
    """From the month of `since` to that of `until`, not counted; a month without anything is absent."""
    rows = _rows(place, by).filter(month__gte=since, month__lt=until)
    found: Months = defaultdict(dict)
    for month, population, counts in rows.values_list("month", "population", "counts"):
        found[month][Population(population)] = counts
    return dict(found)


def volumes_of(
    place: Place, *, since: date, until: date, by: Narrowed = Narrowed()
) -> dict[date, dict[Population, int]]:
    """How many a month, and nothing else of it: several years at once weigh little."""
    found: dict[date, dict[Population, int]] = defaultdict(dict)
    rows = _rows(place, by).filter(month__gte=since, month__lt=until)
    for month, population, number in rows.values_list("month", "population", "counts__all"):
        found[month][Population(population)] = (number or {}).get("", 0)
    return dict(found)


def first_month(place: Place) -> date | None:
    """The first month in which anything was counted there."""
    return _rows(place, Narrowed()).order_by("month").values_list("month", flat=True).first()


def _rows(place: Place, by: Narrowed) -> QuerySet[Tally]:
    return Tally.objects.filter(
        organisation=place.organisation_id, region=place.region, channel=by.channel, benefit=by.benefit
    )


def whole(months: Mapping[date, Mapping[Population, Counts]], *, year: int) -> dict[Population, Counts]:
    """One year, as one."""
    return summed(found for month, found in months.items() if month.year == year)


def summed(months: Iterable[Mapping[Population, Counts]]) -> dict[Population, Counts]:
    kept = list(months)
    return {population: added(found.get(population, {}) for found in kept) for population in Population}


def up_to(organisations: Collection[int]) -> datetime | None:
    """Until when the acts of every one of these Cafs are in the figures."""
    marks = Watermark.objects.filter(organisation__in=organisations)
    return marks.aggregate(at=Min("caught_up_at"))["at"]


def caught_up_at(organisation: Organisation) -> datetime | None:
    """Until when the acts of a Caf are in its figures."""
    return Watermark.objects.filter(organisation=organisation).values_list("caught_up_at", flat=True).first()
