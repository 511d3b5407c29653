"""What was counted, for a place and a period: one indexed read, whatever the history."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

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
    rows = Tally.objects.filter(
        organisation=place.organisation_id,
        region=place.region,
        channel=by.channel,
        benefit=by.benefit,
        month__gte=since,
        month__lt=until,
    )
    found: Months = defaultdict(dict)
    for month, population, counts in rows.values_list("month", "population", "counts"):
        found[month][Population(population)] = counts
    return dict(found)


def whole(months: Mapping[date, Mapping[Population, Counts]], *, year: int) -> dict[Population, Counts]:
    """One year, as one."""
    return summed(found for month, found in months.items() if month.year == year)


def summed(months: Iterable[Mapping[Population, Counts]]) -> dict[Population, Counts]:
    kept = list(months)
    return {population: added(found.get(population, {}) for found in kept) for population in Population}


def caught_up_at(organisation: Organisation) -> datetime | None:
    """Until when the acts of a Caf are in its figures."""
    return Watermark.objects.filter(organisation=organisation).values_list("caught_up_at", flat=True).first()
