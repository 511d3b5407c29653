"""The months of every motive of every benefit, and the signals they raised."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from mediane.findings.states import Motive
from mediane.kit.months import months_between, next_month
from mediane.organisations.models import Organisation
from mediane.statistics.models import Signal, Tally
from mediane.statistics.queries.counted import NETWORK, Place
from mediane.statistics.rules.control import seasons
from mediane.statistics.states import Axis, Population

# A motive is given when the request comes, a cause is found when it ends.
COUNTED: Mapping[Motive, tuple[Population, Axis]] = {
    Motive.GROUND: (Population.RECEIVED, Axis.GROUND),
    Motive.CAUSE: (Population.MEDIATION, Axis.CAUSE),
}
LONGEST = timedelta(days=6 * 366)
Series = dict[tuple[Motive, str, str], dict[date, int]]
Seasons = dict[tuple[Motive, str, str], list[float]]


def seasons_on(today: date) -> Seasons:
    """How much each month of the year weighs in the network, for every motive of every benefit."""
    return {key: seasons(months) for key, months in series_of(NETWORK, today=today).items()}


def series_of(place: Place, *, today: date, benefit: str = "") -> Series:
    """By motive, code and benefit: every whole month since the first that was counted, zeros too.

    The very first month is left out: a Caf may have opened on its last day.
    """
    end = today.replace(day=1)
    rows = Tally.objects.filter(
        organisation=place.organisation_id,
        region=place.region,
        channel="",
        month__gte=(end - LONGEST).replace(day=1),
        month__lt=end,
    )
    rows = rows.filter(benefit=benefit) if benefit else rows.exclude(benefit="")
    series: Series = {}
    for motive, (population, axis) in COUNTED.items():
        of_one = rows.filter(population=population)
        series |= _series(motive, list(of_one.values_list("month", "benefit", f"counts__{axis}")), end)
    return series


def _series(motive: Motive, rows: list[tuple[date, str, dict[str, int] | None]], end: date) -> Series:
    found: dict[tuple[Motive, str, str], dict[date, int]] = defaultdict(dict)
    for month, benefit, numbers in rows:
        for code, number in (numbers or {}).items():
            found[motive, code, benefit][month] = number
    first = min((month for month, _, _ in rows), default=end)
    months = months_between(next_month(first), end)
    return {key: {month: known.get(month, 0) for month in months} for key, known in found.items()}


def signals_of(caf: Organisation | None) -> list[Signal]:
    """Those of a Caf, or of all that may be read, the largest excess first."""
    rows = Signal.objects.select_related("organisation")
    found = rows.filter(organisation=caf) if caf else rows
    return sorted(found, key=lambda one: (one.expected - one.observed, one.organisation_id, one.pk))
