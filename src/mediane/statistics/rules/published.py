"""What may be published of a year: every Caf and the network at once, so that no subtraction tells the rest.

Totals come first. A table is then told of a place only where what it splits is told: its numbers hang on
nothing but that, so no two tables help each other. The Cafs whose total is hidden are one row, « others »:
whoever subtracts knows that row, and it is masked like theirs.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from mediane.kit.small_numbers import NotTold, Sum, masked, table_sums
from mediane.statistics.rules.counts import added
from mediane.statistics.rules.figures import Counted, number, spread
from mediane.statistics.rules.recipes import (
    DELAYS,
    MEDIATION,
    MONEY,
    OUT,
    RECIPES,
    Days,
    Delay,
    Hidden,
    Recipe,
    Told,
    Year,
)
from mediane.statistics.states import HANDLED, Axis, Population

NETWORK, OTHERS = "", "others"
WHOLE, REST, KNOWN = "whole", "rest", "known"
Numbers = Mapping[str, int]
# By place, then by code.
Table = dict[str, Hidden]
Bases = Mapping[str, int | None]
# By place, whether what has no value is hidden.
Rest = Mapping[str, bool]


def publish(
    years: Mapping[str, Year], codes: Mapping[Axis, Sequence[str]], threshold: int
) -> dict[str, Told]:
    """By code of Caf, and the network under an empty one; `codes` are the whole list of each axis."""
    return _Publication(years, codes, threshold).told()


class _Publication:
    def __init__(
        self, years: Mapping[str, Year], codes: Mapping[Axis, Sequence[str]], threshold: int
    ) -> None:
        self.threshold, self.codes, self.cafs = threshold, codes, sorted(years)
        network = {
            population: added(year.whole.get(population, {}) for year in years.values())
            for population in Population
        }
        self.counted: dict[str, Counted] = {caf: years[caf].whole for caf in self.cafs} | {NETWORK: network}
        self.months = {caf: years[caf].months for caf in self.cafs}
        self.places = {place: Told() for place in self.counted}
        # By table and place, how many have a value: where those without one are told.
        self.valued: dict[str, dict[str, int]] = {}

    def told(self) -> dict[str, Told]:
        received = self._totals({"received": (Population.RECEIVED,)}, {})
        handled = self._totals(
            {"handled": HANDLED, "mediation": MEDIATION, "out_of_scope": OUT},
            {"handled": ("mediation", "out_of_scope")},
        )
        totals = received | handled
        for place, told in self.places.items():
            told.totals = {name: column[place] for name, column in totals.items()}
        for name, population in (("received", Population.RECEIVED), *((one.value, one) for one in HANDLED)):
            self._keep(f"months_{name}", self._split(totals[name], self._by_month(population)), totals[name])
        for recipe in RECIPES:
            self._recipe(recipe, totals[_whole_of(recipe)])
        self._money(totals["handled"])
        for place, told in self.places.items():
            if totals["handled"][place] is not None:
                told.days = {code: self._days(place, delay) for code, delay in DELAYS.items()}
        return self.places

    def _totals(
        self, columns: Mapping[str, Sequence[Population]], splits: Mapping[str, Sequence[str]]
    ) -> dict[str, Bases]:
        numbers = {
            (place, name): sum(number(counted, population) for population in populations)
            for place, counted in self.counted.items()
            for name, populations in columns.items()
        }
        sums = table_sums(self.cafs, NETWORK, list(columns), splits)
        hidden = self._least_hidden(numbers, sums)
        return {
            name: {place: None if (place, name) in hidden else numbers[place, name] for place in self.counted}
            for name in columns
        }

    def _least_hidden(
        self, numbers: Mapping[tuple[str, str], int], sums: Sequence[Sum[tuple[str, str]]]
    ) -> frozenset[tuple[str, str]]:
        """Either the network is told and some Cafs are not, or the contrary: what loses less.

        The network is worth what it tells beside its largest Caf.
        """
        large = {cell for cell, found in numbers.items() if cell[0] and not 0 < found < self.threshold}
        ways: tuple[set[tuple[str, str]], ...] = (large, {cell for cell in numbers if not cell[0]}, set())
        found: list[tuple[int, frozenset[tuple[str, str]]]] = []
        for told in ways:
            try:
                hidden = masked(numbers, sums, threshold=self.threshold, told=told).hidden
            except NotTold:
                continue
            found.append((sum(self._worth(cell, numbers) for cell in hidden), hidden))
        return min(found, key=lambda way: way[0])[1] if found else frozenset(numbers)

    def _worth(self, cell: tuple[str, str], numbers: Mapping[tuple[str, str], int]) -> int:
        place, name = cell
        largest = max((numbers[caf, name] for caf in self.cafs), default=0)
        return numbers[cell] if place else numbers[cell] - largest

    def _recipe(self, recipe: Recipe, whole: Bases) -> None:
        parts = self._by_code(recipe)
        if recipe.is_several:
            self._keep(recipe.code, self._each(whole, parts), self._base(recipe, whole))
            return
        with_rest = {
            place: {**numbers, REST: (whole[place] or 0) - sum(numbers.values())}
            for place, numbers in parts.items()
        }
        rest = self._rest(whole, {place: numbers[REST] for place, numbers in with_rest.items()})
        self._keep(recipe.code, self._split(whole, with_rest, rest), whole)
        self.valued[recipe.code] = {
            place: sum(parts[place].values()) for place in parts if rest.get(place) is False
        }

    def _base(self, recipe: Recipe, whole: Bases) -> Bases:
        """What shares are of: for grounds, the requests whose ground is known."""
        if recipe.axis is not Axis.GROUND:
            return whole
        parts: dict[str, Numbers] = {}
        for place, counted in self.counted.items():
            known = sum(number(counted, one, Axis.KNOWN_GROUND, "yes") for one in recipe.populations)
            parts[place] = {KNOWN: known, REST: (whole[place] or 0) - known}
        split = self._split(whole, parts)
        return {place: split.get(place, {}).get(KNOWN) for place in whole}

    def _keep(self, code: str, table: Table, base: Bases) -> None:
        for place, numbers in table.items():
            self.places[place].tables[code] = numbers
            self.places[place].bases[code] = base[place]

    def _each(self, base: Bases, parts: Mapping[str, Numbers]) -> Table:
        """Each value against all the others: a request may have several."""
        table: Table = {place: {} for place in base if base[place] is not None}
        for code in parts[NETWORK]:
            binary = {
                place: {code: parts[place][code], REST: (base[place] or 0) - parts[place][code]}
                for place in base
            }
            split = self._split(base, binary)
            for place, numbers in table.items():
                numbers[code] = split.get(place, {}).get(code)
        return table

    def _rest(self, base: Bases, rest: Numbers) -> Rest:
        """Where what has no value is hidden: decided once: several figures leave the same out."""
        parts = {place: {REST: rest[place], KNOWN: (base[place] or 0) - rest[place]} for place in base}
        return {place: REST in hidden for place, hidden in self._hidden(base, parts).items()}

    def _split(self, base: Bases, parts: Mapping[str, Numbers], rest: Rest | None = None) -> Table:
        """Parts that make up `base`, of the places where it is told."""
        hidden = self._hidden(base, parts, rest)
        return {
            place: {
                code: None if code in hidden[place] else n for code, n in parts[place].items() if code != REST
            }
            for place in hidden
            if place != OTHERS
        }

    def _hidden(
        self, base: Bases, parts: Mapping[str, Numbers], rest: Rest | None = None
    ) -> dict[str, frozenset[str]]:
        rows = {caf: parts[caf] for caf in self.cafs if base[caf] is not None}
        alone = {row: self._alone(row, numbers, rest or {}) for row, numbers in rows.items()}
        if base[NETWORK] is not None and (rest is None or NETWORK in rest):
            lines = rows | self._others(rows, parts[NETWORK])
            with suppress(NotTold):
                together = self._together(lines, parts[NETWORK], rest or {})
                return min(together, alone, key=lambda way: self._lost(way, rows, parts[NETWORK]))
        # Without the network, each Caf for itself.
        return alone

    def _lost(
        self, hidden: Mapping[str, frozenset[str]], rows: Mapping[str, Numbers], network: Numbers
    ) -> int:
        """The network is worth what it tells beside its largest Caf."""
        of_cafs = sum(rows[row][code] for row in rows for code in hidden[row])
        largest = {code: max((row[code] for row in rows.values()), default=0) for code in network}
        return of_cafs + sum(
            network[code] - largest[code] for code in hidden.get(NETWORK, frozenset(network))
        )

    def _others(self, rows: Mapping[str, Numbers], network: Numbers) -> dict[str, Numbers]:
        if len(rows) == len(self.cafs):
            return {}
        return {OTHERS: {code: n - sum(row[code] for row in rows.values()) for code, n in network.items()}}

    def _alone(self, row: str, parts: Numbers, rest: Rest) -> frozenset[str]:
        try:
            return self._mask({row: parts}, [Sum((row, WHOLE), tuple((row, code) for code in parts))], rest)[
                row
            ]
        except NotTold:
            return frozenset(parts)

    def _together(
        self, lines: Mapping[str, Numbers], network: Numbers, rest: Rest
    ) -> dict[str, frozenset[str]]:
        """:raises NotTold: where the table leaves too little room."""
        codes = tuple(network)
        sums = table_sums(tuple(lines), NETWORK, (WHOLE, *codes), {WHOLE: codes})
        return self._mask({**lines, NETWORK: network}, sums, rest)

    def _mask(
        self, rows: Mapping[str, Numbers], sums: Sequence[Sum[tuple[str, str]]], rest: Rest
    ) -> dict[str, frozenset[str]]:
        found = {(row, code): n for row, parts in rows.items() for code, n in parts.items()}
        found |= {(row, WHOLE): sum(parts.values()) for row, parts in rows.items()}
        told = [(row, WHOLE) for row in rows] + [(row, REST) for row in rows if rest.get(row) is False]
        untold = [(row, REST) for row in rows if rest.get(row)]
        hidden = masked(found, sums, threshold=self.threshold, told=told, untold=untold).hidden
        return {
            row: frozenset(code for code in parts if (row, code) in hidden) for row, parts in rows.items()
        }

    def _by_month(self, population: Population) -> dict[str, Numbers]:
        months = sorted({month for known in self.months.values() for month in known})
        numbers = {
            caf: {month: number(known.get(month, {}), population) for month in months}
            for caf, known in self.months.items()
        }
        network = {month: sum(one[month] for one in numbers.values()) for month in months}
        return {**numbers, NETWORK: network}

    def _money(self, handled: Bases) -> None:
        """An amount is told where the number of requests it touches is; each kind apart."""
        self._recipe(MONEY, handled)
        for place, told in self.places.items():
            touched = told.tables.get(MONEY.code, {})
            amounts = {
                kind: sum(number(self.counted[place], one, Axis.CENTS, kind) for one in MONEY.populations)
                for kind in touched
            }
            told.cents = {kind: None if n is None else amounts[kind] for kind, n in touched.items()}

    def _days(self, place: str, delay: Delay) -> Days:
        """Half of the requests, nine in ten: told where as many as the threshold are on either side."""
        found = spread(self.counted[place], delay.axis, *delay.populations)
        has_half, has_nine_tenths = (
            self._has(place, delay, found.number, parts * self.threshold) for parts in (2, 10)
        )
        return (found.median if has_half else None, found.ninth_decile if has_nine_tenths else None)

    def _has(self, place: str, delay: Delay, number: int, least: int) -> bool:
        """Whether enough requests have a delay, of which a hidden number is not read.

        Told, a delay tells that so many have it. Either told numbers prove it, or so many more may not have
        it that this leaves a hidden number its room.
        """
        told = self.places[place]
        if delay.proof:
            numbers = told.tables.get(delay.proof, {})
            known = sum(n or 0 for code, n in numbers.items() if code not in delay.but)
            valued = self.valued[delay.proof].get(place)
            without = [numbers.get(code, 0) for code in delay.but]
            if valued is not None and None not in without:
                known = valued - sum(n or 0 for n in without)
            return number >= known >= least
        return number >= least and (told.totals["handled"] or 0) - least >= self.threshold - 1

    def _by_code(self, recipe: Recipe) -> dict[str, Numbers]:
        seen = {
            code
            for counted in self.counted.values()
            for population in recipe.populations
            for code in counted.get(population, {}).get(recipe.axis, {})
        }
        codes = sorted({*self.codes.get(recipe.axis, ()), *seen})
        return {
            place: {
                code: sum(number(counted, population, recipe.axis, code) for population in recipe.populations)
                for code in codes
            }
            for place, counted in self.counted.items()
        }


def _whole_of(recipe: Recipe) -> str:
    return "handled" if recipe.populations == HANDLED else recipe.populations[0].value
