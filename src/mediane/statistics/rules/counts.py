"""Numbers by month, ready to be added up: any period, any Caf, any part of the network is a sum of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from mediane.statistics.rules.facts import Fact
from mediane.statistics.states import Axis, Population

# Axis, then value: how many, or how many cents.
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Key:
    """Which requests of a month are counted; without a channel or a benefit, all of them."""

    population: Population
    channel: str = ""
    benefit: str = ""


def tally(facts: Iterable[Fact], month: date) -> dict[Key, Counts]:
    """Count the requests of a month, whole and by what a page may narrow to."""
    counted: dict[Key, Counts] = defaultdict(dict)
    for fact in facts:
        for population in fact.populations(month):
            marks = list(fact.marks(population))
            for channel, benefit in product(("", fact.channel), ("", *dict.fromkeys(fact.benefits))):
                kept = counted[Key(population, channel, benefit)]
                for axis, value in marks:
                    _count(kept, axis, value, 1)
                if population is not Population.RECEIVED:
                    _count_money(kept, fact, benefit)
    return dict(counted)


def _count_money(counts: Counts, fact: Fact, benefit: str) -> None:
    """What was paid or owed for another benefit of the same request is not of this one."""
    for line in fact.money:
        if benefit in ("", line.benefit):
            _count(counts, Axis.LINES, line.kind, 1)
            _count(counts, Axis.CENTS, line.kind, line.cents)
    # A line is not a request: what is published is masked by the number of requests.
    for kind in {line.kind for line in fact.money if benefit in ("", line.benefit)}:
        _count(counts, Axis.TOUCHED, kind, 1)


def _count(counts: Counts, axis: Axis, value: str, number: int) -> None:
    values = counts.setdefault(str(axis), {})
    values[value] = values.get(value, 0) + number


def added(many: Iterable[Mapping[str, Mapping[str, int]]]) -> Counts:
    """The sum of several months, or of several Cafs."""
    whole: Counts = {}
    for counts in many:
        for axis, numbers in counts.items():
            values = whole.setdefault(axis, {})
            for value, number in numbers.items():
                values[value] = values.get(value, 0) + number
    return whole
