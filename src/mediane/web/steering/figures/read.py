"""Everything a page of figures reads: six statements, whatever is asked and whatever the history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mediane.statistics.queries.counted import (
    NETWORK,
    Months,
    first_month,
    months_of,
    summed,
    up_to,
    volumes_of,
)
from mediane.statistics.rules.counts import Counts
from mediane.statistics.rules.figures import Counted, number
from mediane.statistics.states import HANDLED, Population
from mediane.web.steering.figures.asked import Asked, Period

YEARS = 5
NOTHING: dict[Population, Counts] = {}


@dataclass(frozen=True)
class Read:
    """`before` and `network` are empty where there is nothing to compare with."""

    asked: Asked
    months: Months
    months_before: Months
    now: Counted
    before: Counted
    network: Counted
    volumes: Mapping[date, Mapping[Population, int]]
    first: date | None
    up_to: datetime | None

    @property
    def handled(self) -> int:
        return handled(self.now)

    @property
    def received(self) -> int:
        return number(self.now, Population.RECEIVED)

    @property
    def is_beside_another(self) -> bool:
        """Whether numbers of the period before exist, be they of a part of it."""
        before = self.asked.before
        return before is not None and self.first is not None and self.first < before.until

    @property
    def is_comparable(self) -> bool:
        """Whether both periods are whole: a month under way, or not counted, is not a fall."""
        before = self.asked.before
        if before is None or self.first is None or self.asked.period.is_running:
            return False
        return self.first <= before.since

    @property
    def then(self) -> str:
        """After a number of the period before: « en 2022 », « aux mêmes mois de 2025 »."""
        before = self.asked.before
        if before is None or not before.short.isdecimal():
            return "les 12 mois d’avant"
        return f"aux mêmes mois de {before.short}" if self.asked.period.is_running else f"en {before.short}"


def handled(counted: Counted) -> int:
    return sum(number(counted, population) for population in HANDLED)


def read(asked: Asked, today: date) -> Read:
    period, before = asked.period, asked.before
    months, earlier = _months(asked, period), _months(asked, before)
    network: Counted = NOTHING
    if not asked.is_the_network:
        network = summed(months_of(NETWORK, since=period.since, until=period.until, by=asked.by).values())
    last = period.since.year if period.code == str(period.since.year) else today.year
    return Read(
        asked=asked,
        months=months,
        months_before=earlier,
        now=summed(months.values()),
        before=summed(earlier.values()) if before else NOTHING,
        network=network,
        volumes=volumes_of(
            asked.place, since=date(last - YEARS + 1, 1, 1), until=date(last + 1, 1, 1), by=asked.by
        ),
        first=first_month(asked.place),
        up_to=up_to([caf.pk for caf in asked.members]),
    )


def _months(asked: Asked, period: Period | None) -> Months:
    if period is None:
        return {}
    return months_of(asked.place, since=period.since, until=period.until, by=asked.by)
