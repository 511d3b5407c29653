"""Numbers by month, ready to be added up: any period, any Caf, any part of the network is a sum of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from mediane.statistics.rules.facts import Fact
from mediane.statistics.rules.questions import Question
from mediane.statistics.states import Axis, Population

# Axis, then value: how many, or how many cents.
Counts = dict[str, dict[str, int]]
Mark = tuple[str, str]


@dataclass(frozen=True)
class Key:
    """Which requests of a month are counted; without a channel or a benefit, all of them."""

    population: Population
    channel: str = ""
    benefit: str = ""


def tally(facts: Iterable[Fact | Question], month: date) -> dict[Key, Counts]:
    """Count the requests and the questions of a month, whole and by what a page may narrow to."""
    counted: dict[Key, Counter[Mark]] = defaultdict(Counter)
    for fact in facts:
        for population in fact.populations(month):
            # An axis as plain text: it is hashed once for each number it is in.
            marks = [(str(axis), value) for axis, value in fact.marks(population)]
            named = ("", *fact.benefits)
            # Of a benefit that the request does not name, its money is counted, and the request is not.
            paid = () if population is Population.RECEIVED else [line.benefit for line in fact.money]
            for channel, benefit in product(("", fact.channel), dict.fromkeys((*named, *paid))):
                kept = counted[Key(population, channel, benefit)]
                if benefit in named:
                    kept.update(marks)
                if paid:
                    _count_money(kept, fact, benefit)
    return {key: _by_axis(kept) for key, kept in counted.items()}


def _count_money(kept: Counter[Mark], fact: Fact | Question, benefit: str) -> None:
    """What was paid or owed for another benefit of the same request is not of this one."""
    lines = [line for line in fact.money if benefit in ("", line.benefit)]
    for line in lines:
        kept[str(Axis.LINES), line.kind] += 1
        kept[str(Axis.CENTS), line.kind] += line.cents
    # A line is not a request: what is published is masked by the number of requests.
    for kind in {line.kind for line in lines}:
        kept[str(Axis.TOUCHED), kind] += 1


def _by_axis(kept: Counter[Mark]) -> Counts:
    counts: Counts = {}
    for (axis, value), number in kept.items():
        counts.setdefault(axis, {})[value] = number
    return counts


def added(many: Iterable[Mapping[str, Mapping[str, int]]]) -> Counts:
    """The sum of several months, or of several Cafs."""
    whole: Counts = {}
    for counts in many:
        for axis, numbers in counts.items():
            values = whole.setdefault(axis, {})
            for value, number in numbers.items():
                values[value] = values.get(value, 0) + number
    return whole
