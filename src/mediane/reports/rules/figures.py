"""The figures of an edition: inside the service, every number; `published.py` has those of everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mediane.reports.rules.numbers import Counted, Numbers
from mediane.statistics.rules.drafting_reasons import Reasons
from mediane.statistics.rules.figures import UNNAMED, Split, Spread, Sums, number, ranked
from mediane.statistics.rules.indicators import INDICATORS
from mediane.statistics.states import HANDLED, Axis, Population

ONLINE = "ONLINE"
CHANNELS = ("channels", "channels_out_of_scope")


@dataclass(frozen=True)
class Cell:
    """One value of a figure; without a number, it is not told."""

    code: str
    label: str
    number: int | None
    share: Decimal | None


@dataclass(frozen=True)
class Told:
    """A figure by value, the largest first, the unnamed ones last; `base` is what shares are of."""

    cells: tuple[Cell, ...]
    base: int | None

    def of(self, code: str) -> Cell | None:
        return next((cell for cell in self.cells if cell.code == code), None)

    def number_of(self, code: str) -> int | None:
        """Whoever is not in the list is nobody, where the list is told."""
        cell = self.of(code)
        if cell is None:
            return None if self.base is None else 0
        return cell.number


@dataclass(frozen=True)
class Handled:
    """What was handled in a year."""

    mediation: int | None
    out_of_scope: int | None
    total: int | None


@dataclass(frozen=True)
class Days:
    """How many requests, and in how many days half of them and nine in ten were done."""

    number: int | None
    median: int | None
    ninth_decile: int | None


@dataclass(frozen=True)
class Figures:
    numbers: Numbers

    @property
    def threshold(self) -> int:
        """The smallest number told; 0 where everything is."""
        return 0

    def is_known(self, year: int) -> bool:
        """Whether numbers of this year are given out here."""
        return year not in self.numbers.incomplete | self.numbers.unknown

    def is_counted(self, year: int) -> bool:
        """Whether its requests were counted one by one: totals say neither months, nor days, nor euros."""
        return self.is_known(year) and year not in self.numbers.from_totals

    def is_whole(self, year: int) -> bool:
        """Whether it was counted from January on: a year that began later is compared with nothing."""
        first = self.numbers.first
        return first is None or year in self.numbers.from_totals or (first.year, first.month) <= (year, 1)

    @property
    def is_told(self) -> bool:
        """Whether there is something to show of the year."""
        handled = self.handled(self.numbers.year)
        told = (handled.total, handled.mediation, handled.out_of_scope)
        return self.is_known(self.numbers.year) and any(told)

    def handled(self, year: int) -> Handled:
        if not self.is_known(year):
            return Handled(None, None, None)
        counted = self.numbers.own.get(year, {})
        mediation, out = (number(counted, population) for population in HANDLED)
        return Handled(mediation, out, mediation + out)

    def handled_before(self) -> Handled:
        """The year before, where it may be compared with."""
        before = self.numbers.year - 1
        return self.handled(before) if self.is_whole(before) else Handled(None, None, None)

    def months(self, year: int) -> list[int | None]:
        return list(self.numbers.months.get(year, (0,) * 12))

    def split(self, code: str, year: int) -> Told:
        """A figure of the year, by value."""
        indicator = INDICATORS[code]
        found = _split(code, self.numbers.own.get(year, {}))
        cells = tuple(
            Cell(line.code, self.numbers.label(indicator.axis, line.code), line.number, line.share)
            for line in found.lines
        )
        return Told(cells, found.base)

    def split_before(self, code: str) -> Told:
        """The year before, where it may be compared with."""
        before = self.numbers.year - 1
        return self.split(code, before) if self.is_whole(before) else Told((), None)

    def channels_of_all(self, year: int) -> Told:
        """By channel, mediation and out of scope together."""
        if not self.is_counted(year):
            return self._channels_received(year)
        parts = [self.split(code, year) for code in CHANNELS]
        words = {cell.code: cell.label for part in parts for cell in part.cells}
        found = {code: added([part.number_of(code) for part in parts]) for code in words}
        ordered = sorted(words, key=lambda code: (code in UNNAMED, -(found[code] or 0), code))
        cells = tuple(Cell(code, words[code], found[code], None) for code in ordered)
        return Told(cells, added([part.base for part in parts]))

    def _channels_received(self, year: int) -> Told:
        """From totals, which say it of all that was received."""
        received = self.numbers.own.get(year, {}).get(Population.RECEIVED, {}).get(Axis.CHANNEL, {})
        cells = (
            Cell(code, self.numbers.label(Axis.CHANNEL, code), found, None)
            for code, found in ranked(received)
        )
        return Told(tuple(cells), sum(received.values()) if received else None)

    def of_network(self, code: str, year: int) -> Mapping[str, Decimal | None]:
        """The shares of the whole network, by value."""
        found = _split(code, self.numbers.network.get(year, {}))
        return {line.code: line.share for line in found.lines}

    def spread(self, code: str, year: int) -> Days | None:
        found = INDICATORS[code].compute(self.numbers.own.get(year, {}))
        if not isinstance(found, Spread) or not self.is_counted(year):
            return None
        return Days(found.number, found.median, found.ninth_decile)

    def money(self, kind: str, year: int) -> int | None:
        """In cents."""
        return _cents(self.numbers.own.get(year, {}), kind) if self.is_counted(year) else None

    def money_before(self, kind: str) -> int | None:
        """The year before, where it may be compared with."""
        before = self.numbers.year - 1
        return self.money(kind, before) if self.is_whole(before) else None

    def online_money(self, kind: str) -> int | None:
        return _cents(self.numbers.online, kind)

    def since_opening(self) -> tuple[int | None, int | None]:
        """Mediations that came online since it opened, and all of them."""
        return self.came_online(Population.MEDIATION), number(self.numbers.since, Population.MEDIATION)

    def came_online(self, population: Population) -> int | None:
        """Since it opened in the year."""
        return number(self.numbers.online, population)

    def reasons(self) -> Sequence[Reasons]:
        """Why precisely, benefit by benefit, in the year of the report."""
        return self.numbers.reasons


def added(parts: Sequence[int | None]) -> int | None:
    """A sum of which one part is not told is not told."""
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _split(code: str, counted: Counted) -> Split:
    found = INDICATORS[code].compute(counted)
    if not isinstance(found, Split):
        raise TypeError(f"{code} is not counted by value")
    return found


def _cents(counted: Counted, kind: str) -> int:
    found = INDICATORS["money"].compute(counted)
    return found.of(kind) if isinstance(found, Sums) else 0
