"""The numbers of a report: five years of tallies, as they were the day it was frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from mediane.statistics.rules.counts import Counts
from mediane.statistics.rules.drafting_reasons import Reasons
from mediane.statistics.states import Axis, Population

Counted = Mapping[Population, Counts]
Labels = Mapping[str, Mapping[str, str]]
# Phase, day, and the Cafs that opened the online procedure that day, as read.
Opened = tuple[str, str, str]
YEARS = 5


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """`own` and `network` by year; `months`, what was handled each month of a year.

    `online_from` is the first whole month of the online procedure within the year, 0 before it opened;
    `online` and `since` count from that month on, by that channel and by all.
    """

    year: int
    own: Mapping[int, Counted]
    network: Mapping[int, Counted]
    months: Mapping[int, Sequence[int]]
    online_from: int = 0
    online: Counted = field(default_factory=dict)
    since: Counted = field(default_factory=dict)
    reasons: Sequence[Reasons] = ()
    openings: Sequence[Opened] = ()
    # Titles of the team, once a person.
    team: Sequence[tuple[str, str]] = ()
    # What the service took part in, by kind: its words, and how many.
    events: Sequence[tuple[str, int]] = ()
    labels: Labels = field(default_factory=dict)
    is_network: bool = False
    # Years of before Médiane: from imported totals, or with too few of them to be told.
    from_totals: frozenset[int] = frozenset()
    incomplete: frozenset[int] = frozenset()
    # Years before anything was counted here, of which no total is known either: nobody came is not said.
    unknown: frozenset[int] = frozenset()
    # The first month in which anything was counted here.
    first: date | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """The five, the last one being the report’s."""
        return tuple(range(self.year - YEARS + 1, self.year + 1))

    def label(self, axis: Axis, code: str) -> str:
        return self.labels.get(axis, {}).get(code, code)

    def without_counts(self) -> "Numbers":
        """Words alone: where nothing that was counted may be told."""
        none: dict[str, Any] = {"own": {}, "network": {}, "months": {}, "online": {}, "since": {}}
        return replace(self, **none, reasons=(), from_totals=frozenset(), incomplete=frozenset())


def as_json(numbers: Numbers) -> dict[str, Any]:
    return {
        "own": {
            str(year): _plain(counted) for year, counted in numbers.own.items() if year not in numbers.unknown
        },
        "network": {str(year): _plain(counted) for year, counted in numbers.network.items()},
        "months": {
            str(year): list(months) for year, months in numbers.months.items() if year not in numbers.unknown
        },
        "online_from": numbers.online_from,
        "online": _plain(numbers.online),
        "since": _plain(numbers.since),
        "reasons": {one.benefit: {line.code: line.number for line in one.lines} for one in numbers.reasons},
        "events": dict(numbers.events),
        "from_totals": sorted(numbers.from_totals),
    }


def _plain(counted: Counted) -> dict[str, Any]:
    return {
        str(population): {str(axis): dict(values) for axis, values in counts.items()}
        for population, counts in counted.items()
    }
