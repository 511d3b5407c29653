"""Horizontal bars with their names and what they measure: shares beside the network, delays."""

from collections.abc import Sequence
from textwrap import wrap
from typing import NamedTuple

from mediane.kit.graphics import HOLLOW, SOLID, Specification, from_zero, only, ticks
from mediane.web.steering.charts import LINE_HEIGHT, LOOKS, Bar, chart


class Days(NamedTuple):
    label: str
    median: int
    ninth_decile: int
    shown: str


def bars(rows: Sequence[Bar], *, width: int) -> Specification:
    """Lengths on one scale from zero, what they measure written at the end of the line."""
    room = _Room(width, 74, [one.label for one in rows])
    values = [
        {
            "label": str(rank),
            "value": float(one.value),
            "mark": None if one.mark is None else float(one.mark),
            "look": one.look,
        }
        | room.words(one.label, one.shown)
        for rank, one in enumerate(rows)
    ]
    longest = max(1e-9, *(float(one.value) for one in rows), *(float(one.mark or 0) for one in rows))
    x = from_zero(longest)
    layers: list[Specification] = [
        {
            "transform": [only("look", name)],
            "mark": {**room.bar, **look},
            "encoding": {"x": x | {"field": "value"}},
        }
        for name, look in LOOKS.items()
    ]
    return _beside_names(room, values, [*layers, *ticks(x, size=room.tick, lines=(7, 3), **room.offset)])


def days(rows: Sequence[Days], *, width: int) -> Specification:
    """To the median full, to the ninth decile hollow."""
    room = _Room(width, 124, [one.label for one in rows])
    values = [
        {"label": str(rank), "median": one.median, "decile": one.ninth_decile}
        | room.words(one.label, one.shown)
        for rank, one in enumerate(rows)
    ]
    x = from_zero(max([1, *(one.ninth_decile for one in rows)]))
    return _beside_names(
        room,
        values,
        [
            {"mark": room.bar | HOLLOW, "encoding": {"x": x | {"field": "decile"}}},
            {"mark": room.bar | SOLID, "encoding": {"x": x | {"field": "median"}}},
        ],
    )


class _Room:
    """Names before the bars on a desk, above them on a telephone; never cut, on several lines at need."""

    def __init__(self, width: int, ending: int, names: Sequence[str]) -> None:
        self.is_small = width < 500
        self.column = 0 if self.is_small else 190
        self.inner = width - self.column - (0 if self.is_small else ending)
        self.end = width - self.column
        self.letters = (width - ending) // 8 if self.is_small else 26
        self.lines = max([1, *(len(self.wrapped(name)) for name in names)])
        self.tick = 20 if self.is_small else 28
        room = 30 if self.is_small else 6
        self.step = max(36, room + LINE_HEIGHT * self.lines)
        self.bar: Specification = {"type": "bar", "height": 12 if self.is_small else 20} | self.offset

    @property
    def offset(self) -> Specification:
        """Of a bar, from the middle of its place."""
        return {"yOffset": 14 + LINE_HEIGHT * self.lines - self.step / 2} if self.is_small else {}

    def wrapped(self, name: str) -> list[str]:
        return wrap(name, self.letters) or [""]

    def words(self, name: str, shown: str) -> Specification:
        lines = self.wrapped(name)
        return {"name": "|".join(lines), "lines": len(lines), "shown": shown}

    def layers(self, values: Sequence[Specification]) -> list[Specification]:
        """What is measured, at the end; then names, by their number of lines, for each has its place."""
        text = {"type": "text", "baseline": "middle", "lineBreak": "|", "lineHeight": LINE_HEIGHT}
        ends: Specification = {
            "mark": text | {"align": "right", "fontWeight": 700, "yOffset": self._first_line(1)},
            "encoding": {"text": {"field": "shown"}, "x": {"value": self.end}},
        }
        names = [
            {
                "transform": [{"filter": f"datum.lines == {lines}"}],
                "mark": text | {"align": "left", "yOffset": self._first_line(lines)},
                "encoding": {"text": {"field": "name"}, "x": {"value": -self.column}},
            }
            for lines in sorted({one["lines"] for one in values})
        ]
        return [ends, *names]

    def _first_line(self, lines: int) -> float:
        """Centred beside a bar, or standing on it."""
        if not self.is_small:
            return -LINE_HEIGHT * (lines - 1) / 2
        return 12 + LINE_HEIGHT * (self.lines - lines) - self.step / 2


def _beside_names(
    room: _Room, values: Sequence[Specification], layers: Sequence[Specification]
) -> Specification:
    return chart(
        {
            "width": room.inner,
            "height": {"step": room.step},
            "data": {"values": values},
            "encoding": {"y": {"field": "label", "type": "nominal", "sort": None, "axis": None}},
            "layer": [*layers, *room.layers(values)],
        }
    )
