"""The figures of an edition: where everybody reads them, those that would point at somebody are not told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mediane.kit.small_numbers import NotTold, Sum, masked
from mediane.reports.rules.numbers import Counted, Numbers
from mediane.statistics.rules.figures import Split, Spread, Sums, number
from mediane.statistics.rules.indicators import INDICATORS
from mediane.statistics.states import HANDLED, Axis, Population

WHOLE, REST, ONLINE = "total", "rest", "ONLINE"


@dataclass(frozen=True)
class Cell:
    """One value of a figure; without a number, it is not told."""

    code: str
    label: str
    number: int | None
    share: Decimal | None


@dataclass(frozen=True)
class Told:
    """A figure by value, the largest first; `base` is what shares are of."""

    cells: tuple[Cell, ...]
    base: int | None

    def of(self, code: str) -> Cell | None:
        return next((cell for cell in self.cells if cell.code == code), None)


@dataclass(frozen=True)
class Handled:
    """What was handled in a year."""

    mediation: int | None
    out_of_scope: int | None
    total: int | None


@dataclass(frozen=True)
class Figures:
    """`threshold` is the smallest number told; 0 where everything is."""

    numbers: Numbers
    threshold: int = 0

    def handled(self, year: int) -> Handled:
        counted = self.numbers.own.get(year, {})
        found = {str(population): number(counted, population) for population in HANDLED}
        found[WHOLE] = sum(found.values())
        hidden = self._hidden(found, parts=[str(population) for population in HANDLED])
        told = {code: None if code in hidden else value for code, value in found.items()}
        return Handled(told[Population.MEDIATION], told[Population.OUT_OF_SCOPE], told[WHOLE])

    def months(self, year: int) -> list[int | None]:
        counted = list(self.numbers.months.get(year, (0,) * 12))
        total = self.handled(year).total
        if total is None:
            return [None] * 12
        found = {str(rank): value for rank, value in enumerate(counted)} | {WHOLE: total}
        hidden = self._hidden(found, parts=[str(rank) for rank in range(12)], told=(WHOLE,))
        return [None if str(rank) in hidden else value for rank, value in enumerate(counted)]

    def split(self, code: str, year: int) -> Told:
        """A figure of the year, as told; the network’s is never small."""
        indicator = INDICATORS[code]
        found = indicator.compute(self.numbers.own.get(year, {}))
        if not isinstance(found, Split):
            raise TypeError(f"{code} is not counted by value")
        values = {line.code: line.number for line in found.lines}
        hidden = set(values) if self._base_is_hidden(code, year) else self._hidden_of(values, found.base)
        cells = tuple(
            Cell(
                line.code,
                self.numbers.label(indicator.axis, line.code),
                None if line.code in hidden else line.number,
                None if line.code in hidden else line.share,
            )
            for line in found.lines
        )
        return Told(cells, None if WHOLE in hidden or self._base_is_hidden(code, year) else found.base)

    def of_network(self, code: str, year: int) -> Mapping[str, Decimal | None]:
        """The shares of the whole network, by value."""
        found = INDICATORS[code].compute(self.numbers.network.get(year, {}))
        if not isinstance(found, Split) or found.base < 10 * max(self.threshold, 1):
            return {}
        return {line.code: line.share for line in found.lines if line.number >= self.threshold}

    def spread(self, code: str, year: int) -> Spread | None:
        found = INDICATORS[code].compute(self.numbers.own.get(year, {}))
        if not isinstance(found, Spread) or 0 < found.number < self.threshold:
            return None
        return found

    def money(self, kind: str, year: int) -> int | None:
        """In cents; a sum of few lines would tell each of them."""
        counted = self.numbers.own.get(year, {})
        return _cents(counted, kind) if self._is_told(_lines(counted, kind)) else None

    def online_money(self, kind: str) -> int | None:
        """Of what came online; not told where what is left of the year would be few lines."""
        online, whole = (_lines(counted, kind) for counted in (self.numbers.online, self._year()))
        is_told = self._is_told(online) and self._is_told(whole - online)
        return _cents(self.numbers.online, kind) if is_told else None

    def since_opening(self) -> tuple[int | None, int | None]:
        """Mediations that came online since it opened, and all of them."""
        online = self.came_online(Population.MEDIATION)
        every = number(self.numbers.since, Population.MEDIATION)
        is_told = online is not None and self._is_told(every - online)
        return (online, every) if is_told else (None, None)

    def came_online(self, population: Population) -> int | None:
        """Since it opened; not told where the year’s number by this channel would tell the few before."""
        online = number(self.numbers.online, population)
        before = number(self._year(), population, Axis.CHANNEL, ONLINE) - online
        return online if self._is_told(online) and self._is_told(before) else None

    def _year(self) -> Counted:
        return self.numbers.own.get(self.numbers.year, {})

    def _is_told(self, counted: int) -> bool:
        return not 0 < counted < self.threshold

    def _base_is_hidden(self, code: str, year: int) -> bool:
        """What is a share of a number that is not told is not told either."""
        handled = self.handled(year)
        over = {Axis.ORIGIN: handled.total, Axis.REPEAT: handled.total, Axis.PRECEDED: handled.total}
        if code in ("channels_out_of_scope", "out_of_scope_reasons", "bodies"):
            return handled.out_of_scope is None
        return over.get(INDICATORS[code].axis, handled.mediation) is None

    def _hidden_of(self, values: Mapping[str, int], base: int) -> set[str]:
        """Values that share out their whole bind each other; where several are possible, none does."""
        rest = base - sum(values.values())
        if rest < 0:
            return {code for code, value in values.items() if 0 < value < self.threshold}
        found = dict(values) | {REST: rest, WHOLE: base}
        return self._hidden(found, parts=[*values, REST], told=(WHOLE,))

    def _hidden(
        self, found: Mapping[str, int], *, parts: Iterable[str], told: Iterable[str] = ()
    ) -> set[str]:
        if not self.threshold:
            return set()
        try:
            sums = [Sum(WHOLE, tuple(parts))]
            return set(masked(found, sums, threshold=self.threshold, told=list(told)).hidden)
        except NotTold:
            return set(found)


def _lines(counted: Counted, kind: str) -> int:
    return sum(number(counted, population, Axis.LINES, kind) for population in HANDLED)


def _cents(counted: Counted, kind: str) -> int:
    found = INDICATORS["money"].compute(counted)
    return found.of(kind) if isinstance(found, Sums) else 0
