"""Somebody who has every published number of a year, knows how they add up, and narrows the others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mediane.statistics.rules.published import NETWORK, REST
from mediane.statistics.rules.recipes import DELAYS, MONEY, RECIPES, Told
from mediane.statistics.states import HANDLED

MOST = 10**6
Cell = tuple[str, str, str]  # place, table, code
MONTHLY = {
    "received": "months_received",
    "mediation": "months_mediation",
    "out_of_scope": "months_out_of_scope",
}
SEVERAL = {one.code for one in (*RECIPES, MONEY) if one.is_several}
WHOLE_OF = {
    one.code: "handled" if one.populations == HANDLED else str(one.populations[0].value)
    for one in (*RECIPES, MONEY)
} | {table: total for total, table in MONTHLY.items()}


@dataclass
class Attacker:
    """`same` are pairs of cells that one knows to be equal."""

    told: Mapping[str, Told]
    codes: Mapping[str, list[str]]
    threshold: int
    same: list[tuple[Cell, Cell]] = field(default_factory=list)
    bounds: dict[Cell, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cafs = [place for place in self.told if place != NETWORK]
        for place, told in self.told.items():
            for name, number in told.totals.items():
                self.bounds[place, "totals", name] = [0, MOST] if number is None else [number, number]
            for table, codes in self.codes.items():
                for code in [*codes, REST]:
                    number = told.tables.get(table, {}).get(code)
                    self.bounds[place, table, code] = [0, MOST] if number is None else [number, number]
            for code in DELAYS:
                median, ninth_decile = told.days.get(code, (None, None))
                # Told of so many at least: on one side, then on the other.
                least = 0 if median is None else 2 * self.threshold
                least = least if ninth_decile is None else 10 * self.threshold
                self.bounds[place, "days", code] = [least, MOST]
                self.bounds[place, "days", f"not {code}"] = [0, MOST]
        self.sums = list(self.every_sum())

    def every_sum(self) -> Iterator[tuple[Cell, list[Cell]]]:
        for place in self.told:
            parts = [(place, "totals", name) for name in ("mediation", "out_of_scope")]
            yield (place, "totals", "handled"), parts
            yield from self.of_delays(place)
        for name in ("received", "handled", "mediation", "out_of_scope"):
            yield (NETWORK, "totals", name), [(caf, "totals", name) for caf in self.cafs]
        for table, codes in self.codes.items():
            for code in [*codes, REST]:
                if not (code == REST and table in SEVERAL):
                    yield (NETWORK, table, code), [(caf, table, code) for caf in self.cafs]
            for place in self.told:
                whole = (place, "totals", WHOLE_OF[table])
                if table in SEVERAL:
                    for code in codes:
                        # At most the whole: the rest is a number of its own.
                        self.bounds[place, table, f"not {code}"] = [0, MOST]
                        yield whole, [(place, table, code), (place, table, f"not {code}")]
                else:
                    rest = [] if table in MONTHLY.values() else [(place, table, REST)]
                    yield whole, [(place, table, code) for code in codes] + rest

    def of_delays(self, place: str) -> Iterator[tuple[Cell, list[Cell]]]:
        """Nobody has a delay who is not in its total; whoever is answered has an outcome."""
        for code, delay in DELAYS.items():
            total = "handled" if delay.populations == HANDLED else "mediation"
            yield (place, "totals", total), [(place, "days", code), (place, "days", f"not {code}")]
        answered = [(place, "outcomes", code) for code in self.codes["outcomes"]]
        yield (place, "days", "delay_of_reply"), answered

    def narrowed(self) -> dict[Cell, list[int]]:
        changed = True
        while changed:
            changed = sum(self.one_sum(total, parts) for total, parts in self.sums) > 0
            for one, other in self.same:
                low = max(self.bounds[one][0], self.bounds[other][0])
                high = min(self.bounds[one][1], self.bounds[other][1])
                changed |= self.bound(one, low, high) or self.bound(other, low, high)
        return self.bounds

    def one_sum(self, total: Cell, parts: list[Cell]) -> bool:
        low, high = (sum(self.bounds[part][side] for part in parts) for side in (0, 1))
        changed = self.bound(total, low, high)
        least, most = self.bounds[total]
        for part in parts:
            mine = self.bounds[part]
            if self.bound(part, least - (high - mine[1]), most - (low - mine[0])):
                low, high = (sum(self.bounds[part][side] for part in parts) for side in (0, 1))
                changed = True
        return changed

    def bound(self, cell: Cell, low: int, high: int) -> bool:
        mine = self.bounds[cell]
        new = [max(mine[0], low), min(mine[1], high)]
        assert new[0] <= new[1], cell
        self.bounds[cell] = new
        return new != mine


def truth(counted: Mapping[str, Any], place: str, table: str, code: str) -> int:
    """What the attacker would like to know."""
    recipe = next(one for one in (*RECIPES, MONEY) if one.code == table)
    return sum(counted[place].get(one, {}).get(recipe.axis, {}).get(code, 0) for one in recipe.populations)
