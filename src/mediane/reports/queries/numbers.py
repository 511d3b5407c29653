"""The numbers of a report, read from what is counted; for the network, its sums."""

from datetime import date

from mediane.casework.states import Effect, Outcome
from mediane.catalogue.models import Benefit, Body, Cause, CauseReason, Channel, Dated, Ground, Origin, Reason
from mediane.catalogue.queries import every
from mediane.organisations.models import Organisation
from mediane.organisations.queries import opening_of, openings
from mediane.referrals.models import ONLINE
from mediane.reports.rules.numbers import YEARS, Labels, Numbers
from mediane.statistics.queries.counted import NETWORK, Months, Narrowed, Place, months_of, summed, whole
from mediane.statistics.rules.figures import number
from mediane.statistics.states import HANDLED, Axis

GROUPS = {
    "logement": "Aide au logement",
    "activité": "Prime d’activité",
    "minimum": "Revenu de solidarité active",
    "handicap": "Handicap",
    "enfants": "Enfants",
    "parent seul": "Parent seul",
    "petite enfance": "Petite enfance",
    "retraite": "Retraite",
    "action sociale": "Action sociale",
    "autre": "Autre prestation",
}
LISTS: dict[Axis, type[Dated]] = {
    Axis.CHANNEL: Channel,
    Axis.ORIGIN: Origin,
    Axis.BENEFIT: Benefit,
    Axis.FIRST_BENEFIT: Benefit,
    Axis.GROUND: Ground,
    Axis.FIRST_GROUND: Ground,
    Axis.CAUSE: Cause,
    Axis.REASON: CauseReason,
    Axis.SCOPE_REASON: Reason,
    Axis.BODY: Body,
}


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
    return Numbers(
        year=year,
        own={one: whole(months, year=one) for one in years},
        network={one: whole(beside, year=one) for one in years},
        months={one: _by_month(months, one) for one in (year - 1, year)},
        online_from=since,
        online=summed(online.values()),
        since=summed(found for month, found in months.items() if month >= opened),
        labels=labels(),
        is_network=is_network,
    )


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
    lists = {
        str(axis): {code: row.label for code, row in every(rows).items()} for axis, rows in LISTS.items()
    }
    effects = {str(kind): str(kind.label) for kind in Effect}
    return lists | {
        str(Axis.GROUP): GROUPS,
        str(Axis.OUTCOME): {str(outcome): str(outcome.label) for outcome in Outcome},
        str(Axis.CENTS): effects,
        str(Axis.LINES): effects,
    }
