"""The numbers of a report, read from what is counted; for the network, its sums."""

from collections import Counter
from dataclasses import replace
from datetime import date

from mediane.catalogue.models import Benefit, EventKind
from mediane.catalogue.queries import every
from mediane.events.queries import events_of
from mediane.organisations.models import Organisation
from mediane.organisations.queries import opening_of, openings, team_of
from mediane.referrals.models import ONLINE
from mediane.reports.queries.openings import openings_until
from mediane.reports.queries.totals import totals_of
from mediane.reports.rules.numbers import YEARS, Labels, Numbers
from mediane.statistics.queries.counted import (
    NETWORK,
    Months,
    Narrowed,
    Place,
    first_month,
    months_of,
    summed,
    whole,
)
from mediane.statistics.queries.lists import words
from mediane.statistics.queries.reasons import reasons_by_benefit
from mediane.statistics.rules.drafting_reasons import Reasons
from mediane.statistics.rules.figures import number
from mediane.statistics.states import HANDLED


def numbers_of(organisation: Organisation, year: int) -> Numbers:
    """What the report of a year tells, as counted now."""
    is_network = organisation.is_national
    place = NETWORK if is_network else Place(organisation.pk)
    first, ends = date(year - YEARS + 1, 1, 1), date(year + 1, 1, 1)
    months = months_of(place, since=first, until=ends)
    beside = {} if is_network else months_of(NETWORK, since=first, until=ends)
    since = _online_from(organisation, year)
    opened = date(year, since or 1, 1)
    online = months_of(place, since=opened, until=ends, by=Narrowed(channel=ONLINE)) if since else {}
    years = range(year - YEARS + 1, year + 1)
    counted = {one: whole(months, year=one) for one in years}
    empty = [one for one in years if not any(counted[one].values())]
    past, incomplete = totals_of(organisation, empty)
    begins = first_month(place)
    untold = {one for one in empty if begins is None or one < begins.year} - {*past, *incomplete}
    return Numbers(
        year=year,
        own={**counted, **past},
        network={one: whole(beside, year=one) for one in years},
        months={one: _by_month(months, one) for one in (year - 1, year)},
        online_from=since,
        online=summed(online.values()),
        since=summed(found for month, found in months.items() if month >= opened),
        reasons=_reasons(place, year),
        openings=openings_until(date(year, 12, 31)),
        team=[(member.role, member.title) for member in team_of(organisation.pk)],
        events=_events(organisation, year),
        labels=labels(),
        is_network=is_network,
        from_totals=frozenset(past),
        incomplete=frozenset(incomplete),
        unknown=frozenset(untold),
        first=begins,
    )


def _reasons(place: Place, year: int) -> list[Reasons]:
    """By the short name of each benefit."""
    names = every(Benefit)
    found = reasons_by_benefit(place, since=date(year, 1, 1), until=date(year + 1, 1, 1))
    return [replace(one, benefit=names[one.benefit].short) for one in found]


def _events(organisation: Organisation, year: int) -> list[tuple[str, int]]:
    """By kind, in the order of the list."""
    found = Counter(event.kind for event in events_of(organisation.pk, year))
    return [(kind.label, found[code]) for code, kind in every(EventKind).items() if found[code]]


def _by_month(months: Months, year: int) -> list[int]:
    counted = [months.get(date(year, rank, 1), {}) for rank in range(1, 13)]
    return [sum(number(found, population) for population in HANDLED) for found in counted]


def _online_from(organisation: Organisation, year: int) -> int:
    """The first whole month of the procedure in this year; 0 before it opened."""
    if organisation.is_national:
        opened = min((row.online_from for row in openings().values() if row.online_from), default=None)
    else:
        opened = opening_of(organisation.pk).online_from
    if opened is None or opened.year > year:
        return 0
    if opened.year < year:
        return 1
    first = opened.month if opened.day == 1 else opened.month + 1
    return first if first <= 12 else 0


def labels() -> Labels:
    """Every code that a figure may carry, in words."""
    return {str(axis): known for axis, known in words().items()}
