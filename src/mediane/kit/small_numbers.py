"""Which numbers of a table are not told, so that what is told does not give them away.

A table is numbers, and sums that bind them. Read as pipes and junctions: each sum is a junction where as much
comes in as goes out, each number a pipe between two of them. What a hidden number could be, for whoever knows
all the others, is then exactly how far a flow may turn round through hidden pipes alone.
"""

from collections import deque
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import Generic, NamedTuple, TypeVar

Cell = TypeVar("Cell", bound=Hashable)
Row = TypeVar("Row", bound=Hashable)
Column = TypeVar("Column", bound=Hashable)
OUTSIDE = -1


class NotTold(ValueError):
    """Nothing of this table can be told beside what is told already."""


class Sum(NamedTuple, Generic[Cell]):
    total: Cell
    parts: tuple[Cell, ...]


class Masked(NamedTuple, Generic[Cell]):
    hidden: frozenset[Cell]
    # What every hidden number is known to be at least: 0 where zeros had to be hidden too.
    least: int


def masked(
    numbers: Mapping[Cell, int],
    sums: Iterable[Sum[Cell]],
    *,
    threshold: int,
    told: Collection[Cell] = (),
    untold: Collection[Cell] = (),
) -> Masked[Cell]:
    """Hide 1 to `threshold` - 1, then what leaves each hidden number `threshold` possible values.

    `told` is known from elsewhere, and so can help to hide nothing; `untold` is hidden there, and here too.
    Zero is told: it is nobody. Where that leaves too little room, every zero of the table is hidden like a
    small number.

    :raises NotTold: if what is told elsewhere is small, or leaves too little room all the same.
    """
    network = _Network.of(numbers, list(sums))
    fixed, hidden = frozenset(told), frozenset(untold)
    for least in (1, 0):
        search = _Search(network, fixed, hidden, threshold, least)
        if search.hides_enough():
            return Masked(frozenset(search.hidden), least)
    raise NotTold


def table_sums(
    rows: Sequence[Row], total: Row, columns: Sequence[Column], splits: Mapping[Column, Sequence[Column]]
) -> list[Sum[tuple[Row, Column]]]:
    """A table with its row of totals, some columns being split into others. Sums that follow are left out."""
    across = [
        Sum((row, whole), tuple((row, part) for part in parts))
        for row in (*rows, total)
        for whole, parts in splits.items()
    ]
    down = [
        Sum((total, column), tuple((row, column) for row in rows))
        for column in columns
        if column not in splits
    ]
    return across + down


@dataclass(frozen=True)
class _Network(Generic[Cell]):
    numbers: Mapping[Cell, int]
    sums: Sequence[Sum[Cell]]
    ends: Mapping[Cell, tuple[int, int]]
    at: Mapping[int, Sequence[Cell]]

    @classmethod
    def of(cls, numbers: Mapping[Cell, int], sums: Sequence[Sum[Cell]]) -> "_Network[Cell]":
        """:raises ValueError: if a number is in more sums than a pipe has ends."""
        met: dict[Cell, list[tuple[int, int]]] = {cell: [] for cell in numbers}
        for junction, one in enumerate(sums):
            for cell, sign in ((one.total, 1), *((part, -1) for part in one.parts)):
                met[cell].append((junction, sign))
        turned = _turned(met, len(sums))
        ends: dict[Cell, tuple[int, int]] = {}
        at: dict[int, list[Cell]] = {}
        for cell, places in met.items():
            way = {sign * turned[junction]: junction for junction, sign in places}
            if len(places) > 2 or len(way) != len(places):
                raise ValueError(f"{cell!r} is in too many sums: leave out those that follow from others")
            ends[cell] = (way.get(-1, OUTSIDE), way.get(1, OUTSIDE))
            for junction in set(ends[cell]):
                at.setdefault(junction, []).append(cell)
        return cls(numbers, sums, ends, at)


def _turned(met: Mapping[Cell, list[tuple[int, int]]], number: int) -> list[int]:
    """Which way each sum is read, so that what comes into one of two goes out of the other."""
    beside: dict[int, list[tuple[int, int]]] = {}
    for (one, sign), (other, another) in (places for places in met.values() if len(places) == 2):
        beside.setdefault(one, []).append((other, -sign * another))
        beside.setdefault(other, []).append((one, -sign * another))
    turned = [0] * number
    for first in range(number):
        waiting = [] if turned[first] else [first]
        turned[first] = turned[first] or 1
        while waiting:
            one = waiting.pop()
            for other, way in beside.get(one, ()):
                if not turned[other]:
                    turned[other] = turned[one] * way
                    waiting.append(other)
    return turned


@dataclass
class _Search(Generic[Cell]):
    network: _Network[Cell]
    told: frozenset[Cell]
    untold: frozenset[Cell]
    threshold: int
    least: int
    hidden: set[Cell] = field(default_factory=set)
    # How far each hidden number was moved by the flow being pushed.
    moved: dict[Cell, int] = field(default_factory=dict)

    def hides_enough(self) -> bool:
        numbers, nobody = self.network.numbers, self._known_as_nobody()
        small = {cell for cell, number in numbers.items() if self.least <= number < self.threshold} - nobody
        if small & self.told:
            return False
        if any(numbers[cell] < self.least for cell in self.untold):
            return False
        self.hidden = small | self.untold
        # Hiding one more never narrows the others: each is looked at once.
        waiting = sorted(self.hidden, key=lambda cell: (numbers[cell], repr(cell)))
        while waiting:
            cell = waiting.pop()
            while (more := self._missing(cell)) is not None:
                if not more:
                    return False
                self.hidden |= more
                waiting.extend(more)
        return True

    def _known_as_nobody(self) -> set[Cell]:
        """What is told to be zero, and what follows: the parts of nobody, the sum of nobodies."""
        nobody = {cell for cell in self.told if not self.network.numbers[cell]}
        known = -1
        while known != len(nobody):
            known = len(nobody)
            for total, parts in self.network.sums:
                if total in nobody:
                    nobody.update(parts)
                elif nobody.issuperset(parts):
                    nobody.add(total)
        return nobody

    def _missing(self, cell: Cell) -> set[Cell] | None:
        """What to hide so that this one has more room: None if it has enough, nothing if nothing helps."""
        self.moved = {}
        tail, head = self.network.ends[cell]
        wanted, found = self.threshold - 1, []
        for start, end, most in ((head, tail, wanted), (tail, head, self._room(cell))):
            self.moved = {}
            pushed = self._push(start, end, min(most, wanted), cell)
            wanted -= pushed
            if wanted <= 0:
                return None
            if pushed < most:
                found.append(self._cheapest(start, end, cell))
        ways = [way for way in found if way is not None]
        return min(ways, key=lambda way: way[0])[1] if ways else set()

    def _room(self, cell: Cell) -> int:
        """How much less this number may be, as far as it alone is looked at."""
        return self.network.numbers[cell] + self.moved.get(cell, 0) - self.least

    def _push(self, start: int, end: int, most: int, without: Cell) -> int:
        """How much may go from one junction to another through hidden pipes; as much as `most` is asked."""
        if start == end:
            return most
        pushed = 0
        while pushed < most and (path := self._path(start, end, without)):
            amount = min(most - pushed, *(self._room(cell) for cell, way in path if way < 0), most)
            for cell, way in path:
                self.moved[cell] = self.moved.get(cell, 0) + way * amount
            pushed += amount
        return pushed

    def _path(self, start: int, end: int, without: Cell) -> list[tuple[Cell, int]]:
        came: dict[int, tuple[Cell, int, int] | None] = {start: None}
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            for cell, way, there in self._ways(here, without):
                if cell in self.hidden and there not in came:
                    came[there] = (cell, way, here)
                    if there == end:
                        return _back(came, end)
                    waiting.append(there)
        return []

    def _cheapest(self, start: int, end: int, without: Cell) -> tuple[int, set[Cell]] | None:
        """The numbers least worth telling that would open a way, with what they are worth."""
        came: dict[int, tuple[Cell, int, int] | None] = {}
        order = count()
        waiting: list[tuple[int, int, int, tuple[Cell, int, int] | None]] = [(0, next(order), start, None)]
        while waiting:
            worth, _, here, how = heappop(waiting)
            if here in came:
                continue
            came[here] = how
            if here == end:
                return worth, {cell for cell, _ in _back(came, end)} - self.hidden
            for cell, way, there in self._ways(here, without):
                if there not in came and cell not in self.told and self.network.numbers[cell] >= self.least:
                    price = 0 if cell in self.hidden else self.network.numbers[cell] + 1
                    heappush(waiting, (worth + price, next(order), there, (cell, way, here)))
        return None

    def _ways(self, here: int, without: Cell) -> Iterable[tuple[Cell, int, int]]:
        """Pipes that leave a junction, along their flow or against it, and where they lead."""
        for cell in self.network.at.get(here, ()):
            tail, head = self.network.ends[cell]
            if cell == without:
                continue
            if tail == here:
                yield cell, 1, head
            elif self._room(cell) > 0:
                yield cell, -1, tail


def _back(came: Mapping[int, tuple[Cell, int, int] | None], end: int) -> list[tuple[Cell, int]]:
    path, here = [], end
    while (step := came[here]) is not None:
        cell, way, here = step
        path.append((cell, way))
    return path
