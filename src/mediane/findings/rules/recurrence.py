"""Whether a motive came back less often after a proposal was implemented; never more than the numbers say.

As many whole months after as before, the month of the change left out. The fewest months and requests under
which nothing is concluded, and the risk taken of calling a chance a change, are written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import comb

from mediane.kit.months import month_of, months_apart, months_later, next_month

MOST_MONTHS = 12
FEWEST_MONTHS = 3
FEWEST_REQUESTS = 12
RISK = 0.05


class Trend(StrEnum):
    TOO_SHORT = "too_short"
    TOO_FEW = "too_few"
    SAME = "same"
    LESS = "less"
    MORE = "more"


@dataclass(frozen=True)
class Recurrence:
    """Requests on equal windows of `months` whole months, before and after."""

    months: int
    before: int
    after: int

    @property
    def trend(self) -> Trend:
        if self.months < FEWEST_MONTHS:
            return Trend.TOO_SHORT
        if self.before + self.after < FEWEST_REQUESTS:
            return Trend.TOO_FEW
        if _chance(self.before, self.after) > RISK:
            return Trend.SAME
        return Trend.LESS if self.after < self.before else Trend.MORE

    @property
    def is_whole_year(self) -> bool:
        """Otherwise the season may be what changed."""
        return self.months == MOST_MONTHS


def recurrence(
    months: Mapping[date, int], *, implemented_on: date, known_since: date, today: date
) -> Recurrence:
    """`months` holds the requests by first day of month; an absent month has none. Only whole months since
    `known_since` are compared."""
    changed = month_of(implemented_on)
    before = months_apart(known_since if known_since.day == 1 else next_month(known_since), changed)
    after = months_apart(next_month(changed), month_of(today))
    kept = max(0, min(before, after, MOST_MONTHS))
    return Recurrence(
        kept,
        sum(months.get(months_later(changed, -rank), 0) for rank in range(1, kept + 1)),
        sum(months.get(months_later(changed, rank), 0) for rank in range(1, kept + 1)),
    )


def window(implemented_on: date) -> tuple[date, date]:
    """Between which months to read: the first one, and the first one left out."""
    changed = month_of(implemented_on)
    return months_later(changed, -MOST_MONTHS), months_later(changed, MOST_MONTHS + 1)


def _chance(before: int, after: int) -> float:
    """How often two equal windows would differ as much, or more, if nothing had changed: each request falls
    in one or the other as a coin falls."""
    total, fewest = before + after, min(before, after)
    tail = sum(comb(total, number) for number in range(fewest + 1))
    return min(1.0, 2 * tail / 2**total)
