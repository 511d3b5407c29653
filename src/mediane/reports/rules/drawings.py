"""The charts of a report as Vega-Lite specifications, from frozen data: this year full, last year hatched."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from textwrap import wrap
from typing import Any

from mediane.kit.graphics import (
    INK,
    INK_2,
    SOLID,
    STRIPED,
    THOUSANDS,
    Specification,
    bar,
    chart,
    from_zero,
    only,
    ticks,
)
from mediane.statistics.rules.comparing import FEWEST_FOR_A_PERCENTAGE, peaks

FONT = "Atkinson Hyperlegible Next"
LINE, STEP = 14, 32


@dataclass(frozen=True)
class Room:
    """How wide a drawing is, the room of its names, of what is written at the end of its lines, the
    characters that fit in a line of a name, and how many of those of a month."""

    width: int
    labels: int
    sums: int
    wrapped: int
    month: int


WIDE, NARROW = Room(640, 225, 70, 30, 9), Room(330, 128, 56, 17, 1)


def specification(shape: str, data: dict[str, Any], room: Room = WIDE) -> Specification:
    """:raises KeyError: for a shape that no report has."""
    return chart(SHAPES[shape](data, room), font=FONT, size=13, padding=2, axis={})


def months(data: dict[str, Any], room: Room) -> Specification:
    """Last year hatched, where there was one, this year full beside it; its peaks are written above."""
    now, *before = data["series"]
    tops = _peaks(now["values"])
    orders = {"b": now} | ({"a": before[0]} if before else {})
    values = [
        {
            "label": label,
            "number": number,
            "series": order,
            "top": _in_thousands(number) if order == "b" and rank in tops else "",
        }
        for order, series in sorted(orders.items())
        for rank, (label, number) in enumerate(zip(data["labels"], series["values"], strict=True), start=1)
        if number is not None
    ]
    offset = {"field": "series", "type": "nominal", "scale": {"domain": sorted(orders), "paddingInner": 0.1}}
    x, y = _places(data["labels"], 0.3, room.month), _heights("number")
    return _columns(values, {"x": x, "y": y, "xOffset": offset}, room) | {
        "layer": [
            {"transform": [only("series", "a")], "mark": bar(STRIPED)},
            {"transform": [only("series", "b")], "mark": bar(SOLID)},
            _written("top"),
        ]
    }


def _peaks(months: list[int | None]) -> list[int]:
    """Those that the sentence above names: none of a year that it does not compare."""
    told = [one for one in months if one is not None]
    return peaks(told) if len(told) == len(months) and sum(told) >= FEWEST_FOR_A_PERCENTAGE else []


def _in_thousands(value: int) -> str:
    return f"{value:,}".replace(",", "\u00a0")


def years(data: dict[str, Any], room: Room) -> Specification:
    """One part on the other; the whole above."""
    inside, outside = (series["values"] for series in data["series"])
    values = []
    for label, within, beyond in zip(data["labels"], inside, outside, strict=True):
        if within is None or beyond is None:
            continue
        whole = _in_thousands(within + beyond)
        values.append({"label": label, "from": 0, "to": within, "part": "in", "whole": ""})
        values.append({"label": label, "from": within, "to": within + beyond, "part": "out", "whole": whole})
    since = {"y2": {"field": "from"}}
    return _columns(values, {"x": _places(data["labels"], 0.5), "y": _heights("to")}, room) | {
        "layer": [
            {"transform": [only("part", "in")], "mark": bar(SOLID), "encoding": since},
            {"transform": [only("part", "out")], "mark": bar(STRIPED), "encoding": since},
            _written("whole"),
        ]
    }


def _columns(values: list[dict[str, Any]], encoding: Specification, room: Room) -> Specification:
    return {"width": room.width - 40, "height": 170, "data": {"values": values}, "encoding": encoding}


def _places(labels: Sequence[str], apart: float, letters: int = 9) -> Specification:
    """Every column has its place, told or not."""
    axis = {"labelAngle": 0, "domainColor": INK_2, "labelPadding": 6, "labelOverlap": False}
    return {
        "field": "label",
        "type": "ordinal",
        "sort": labels,
        "scale": {"domain": labels, "paddingInner": apart},
        "axis": axis | {"labelExpr": f"slice(datum.label, 0, {letters})"},
    }


def _heights(name: str) -> Specification:
    axis = {"tickCount": 4, "tickMinStep": 1, "domain": False, "labelExpr": THOUSANDS}
    return {"field": name, "type": "quantitative", "axis": axis}


def _written(name: str) -> Specification:
    """Above the column."""
    return {
        "transform": [{"filter": f"datum.{name} != ''"}],
        "mark": {"type": "text", "dy": -8, "fontWeight": 600},
        "encoding": {"text": {"field": name}},
    }


def bars(data: dict[str, Any], room: Room) -> Specification:
    """Shares on one scale from zero, written at the end of their line; the network is a tick."""
    shares = [float(share) for share in data["values"]]
    marks = [None if mark is None else float(mark) for mark in data["marks"]]
    names = [wrap(label, room.wrapped) for label in data["labels"]]
    values = [
        {
            "label": "|".join(name),
            "share": share,
            "said": f"{_in_tenths(said)}\u00a0%",
            "mark": mark,
        }
        for name, share, said, mark in zip(names, shares, data["values"], marks, strict=True)
    ]
    longest = max([1.0, *shares, *(mark or 0 for mark in marks)])
    x = from_zero(longest)
    end = room.width - room.labels
    lines = max(map(len, names), default=1)
    words = {
        "mark": {"type": "text", "align": "right", "fontWeight": 600},
        "encoding": {"text": {"field": "said"}, "x": {"value": end}},
    }
    return {
        "width": end - room.sums,
        "height": {"step": STEP if lines < 3 else LINE * (lines + 1)},
        "data": {"values": values},
        "encoding": {"x": x | {"field": "share"}, "y": _names(room.labels)},
        "layer": [{"mark": bar(SOLID, height=15)}, *ticks(x, size=22, lines=(6, 2.5)), words],
    }


def _in_tenths(share: str) -> str:
    """Halves up, as everywhere: 10,45 is 10,5."""
    return str(Decimal(share).quantize(Decimal("0.1"), ROUND_HALF_UP)).replace(".", ",")


def pair(data: dict[str, Any], _: Room) -> Specification:
    """This year full, last year hatched, on a scale of their own; narrow wherever it stands."""
    values = [
        {"label": label, "value": cents / 100, "look": "striped" if rank else "solid"}
        for rank, (label, cents) in enumerate(zip(data["labels"], data["values"], strict=True))
    ]
    return {
        "width": 300,
        "height": {"step": 22},
        "data": {"values": values},
        "encoding": {
            "x": {"field": "value", "type": "quantitative", "axis": None},
            "y": {
                "field": "label",
                "type": "nominal",
                "sort": None,
                "axis": {"domain": False, "labelColor": INK, "labelPadding": 8},
            },
        },
        "layer": [
            {"transform": [only("look", "solid")], "mark": bar(SOLID, height=12)},
            {"transform": [only("look", "striped")], "mark": bar(STRIPED, height=12)},
        ],
    }


def _names(room: int) -> Specification:
    axis = {
        "domain": False,
        "labelAlign": "left",
        "labelPadding": room,
        "minExtent": room,
        "maxExtent": room,
        "labelLimit": 2 * room,
        "labelExpr": "split(datum.label, '|')",
        "labelLineHeight": LINE,
        "labelColor": INK,
    }
    return {"field": "label", "type": "nominal", "sort": None, "axis": axis}


SHAPES = {"months": months, "years": years, "bars": bars, "pair": pair}
