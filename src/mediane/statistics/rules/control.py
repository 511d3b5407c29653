"""When a motive comes back more often than it should: since when, how many, against how many expected.

Few requests a month, a season, and months that vary more than chance alone: each motive of a benefit in a Caf
is followed by a cumulative sum of the log-likelihood ratio of negative binomial counts (CUSUM), which gathers
small excesses that no single month would show. The level is that of the Caf before the rise, the season that
of the network. The constants were chosen by replaying invented years; `python -m bench.control` replays them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What a chart is set to. `ratio` is the rise it is made to see, `limit` the sum that makes a signal."""

    ratio: float = 1.7
    limit: float = 6.0
    # The sum goes no higher, and the signal ends under `floor`: soon after what caused it.
    ceiling: float = 7.5
    floor: float = 3.0
    # The level is read over so many months at most, and no signal comes before so many.
    longest_base: int = 36
    shortest_base: int = 12
    # A rise that lasts is the new level.
    longest_run: int = 12
    # Under so many requests since the rise began, nothing is said.
    fewest: int = 5
    # How many requests a month of the year is worth before its season is believed.
    season_weight: float = 30.0
    # How many months of plain chance the spread of a short past is mixed with.
    spread_weight: float = 12.0


CHART = Chart()


@dataclass(frozen=True)
class Watched:
    """One month of a series: what came, what was expected of the level before, and the sum reached."""

    month: date
    observed: int
    expected: float
    reached: float
    began: date | None
    is_signal: bool


@dataclass(frozen=True)
class Signal:
    """Since the first month of the rise, up to the last whole month."""

    since: date
    until: date
    observed: int
    expected: float


def seasons(months: Mapping[date, int], chart: Chart = CHART) -> list[float]:
    """How much each month of the year weighs beside a plain one; close to one where little is known.

    Of whole years only: a rise at the end of a part of a year would be taken for a season.
    """
    days = sorted(months)
    whole = days[len(days) % MONTHS_OF_A_YEAR :]
    total = sum(months[day] for day in whole)
    each = total / MONTHS_OF_A_YEAR
    found = [sum(months[day] for day in whole if day.month == rank) for rank in range(1, 13)]
    return [(number + chart.season_weight) / (each + chart.season_weight) for number in found]


def signal(months: Mapping[date, int], season: Sequence[float], chart: Chart = CHART) -> Signal | None:
    """The signal that stands at the last month, if one does. `months` has every month, zeros too."""
    lately = sorted(months)[-chart.longest_run :]
    if sum(months[day] for day in lately) < chart.fewest:
        return None  # a signal that stands began within them, and counted as many since
    seen = list(watched(months, season, chart))
    last = seen[-1] if seen else None
    if last is None or not last.is_signal or last.began is None:
        return None
    rise = [one for one in seen if one.month >= last.began]
    return Signal(
        last.began, last.month, sum(one.observed for one in rise), sum(one.expected for one in rise)
    )


def watched(months: Mapping[date, int], season: Sequence[float], chart: Chart = CHART) -> Iterator[Watched]:
    """Each month that has enough past, in order. While the sum rises, the level stays that of before."""
    days = sorted(months)
    sum_reached, began, is_signal = 0.0, chart.shortest_base, False
    for rank in range(chart.shortest_base, len(days)):
        if sum_reached <= 0 or rank - began >= chart.longest_run:
            sum_reached, began, is_signal = 0.0, rank, False
        past = days[max(0, began - chart.longest_base) : began]
        level = _level([(months[day], season[day.month - 1]) for day in past], chart)
        day = days[rank]
        observed, expected = months[day], level.rate * season[day.month - 1]
        gained = _gained(observed, expected, level, chart.ratio)
        sum_reached = min(max(0.0, sum_reached + gained), chart.ceiling)
        enough = sum(months[one] for one in days[began : rank + 1]) >= chart.fewest
        is_signal = sum_reached >= chart.floor and (is_signal or (sum_reached >= chart.limit and enough))
        yield Watched(day, observed, expected, sum_reached, days[began] if sum_reached else None, is_signal)


@dataclass(frozen=True)
class _Level:
    """Of a plain month: how many, how much wider than chance, and from how many requests it is known."""

    rate: float
    spread: float
    known: float


def _level(past: Sequence[tuple[int, float]], chart: Chart) -> _Level:
    known = sum(number for number, _ in past) + 0.5
    rate = known / sum(weight for _, weight in past)
    apart = sum((number - rate * weight) ** 2 / (rate * weight) for number, weight in past)
    spread = (apart + chart.spread_weight) / (len(past) - 1 + chart.spread_weight)
    return _Level(rate, max(1.0, spread), known)


def _gained(observed: int, expected: float, level: _Level, ratio: float) -> float:
    """The log-likelihood ratio of `ratio` times what is expected. The variance holds the spread of the past,
    and how little the level is known."""
    variance_over_mean = level.spread + expected / level.known
    size = expected / (variance_over_mean - 1)
    return observed * log(ratio) - (observed + size) * log((ratio * expected + size) / (expected + size))
