"""The charts of a report as Vega-Lite specifications, from frozen data: this year full, last year hatched."""

from collections.abc import Sequence
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

FONT = "Atkinson Hyperlegible Next"
WIDTH, LABELS, SUMS = 640, 225, 70


def specification(shape: str, data: dict[str, Any]) -> Specification:
    """:raises KeyError: for a shape that no report has."""
    return chart(SHAPES[shape](data), font=FONT, size=13, padding=2, axis={})


def months(data: dict[str, Any]) -> Specification:
    """Last year hatched, where there was one, this year full beside it; its highest are written above."""
    now, *before = data["series"]
    orders = {"b": now} | ({"a": before[0]} if before else {})
    values = [
        {"label": label, "number": number, "series": order, "top": _top(now["values"], rank, order)}
        for order, series in sorted(orders.items())
        for rank, (label, number) in enumerate(zip(data["labels"], series["values"], strict=True))
        if number is not None
    ]
    offset = {"field": "series", "type": "nominal", "scale": {"domain": sorted(orders), "paddingInner": 0.1}}
    y = _heights("number")
    return _columns(values, {"x": _places(data["labels"], 0.3), "y": y, "xOffset": offset}) | {
        "layer": [
            {"transform": [only("series", "a")], "mark": bar(STRIPED)},
            {"transform": [only("series", "b")], "mark": bar(SOLID)},
            _written("top"),
        ]
    }


def _top(values: Sequence[int | None], rank: int, order: str) -> str:
    told = sorted((value for value in values if value), reverse=True)[:2]
    value = values[rank]
    return _in_thousands(value) if value and order == "b" and value in told else ""


def _in_thousands(value: int) -> str:
    return f"{value:,}".replace(",", "\u00a0")


def years(data: dict[str, Any]) -> Specification:
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
    return _columns(values, {"x": _places(data["labels"], 0.5), "y": _heights("to")}) | {
        "layer": [
            {"transform": [only("part", "in")], "mark": bar(SOLID), "encoding": since},
            {"transform": [only("part", "out")], "mark": bar(STRIPED), "encoding": since},
            _written("whole"),
        ]
    }


def _columns(values: list[dict[str, Any]], encoding: Specification) -> Specification:
    return {"width": WIDTH - 40, "height": 170, "data": {"values": values}, "encoding": encoding}


def _places(labels: Sequence[str], apart: float) -> Specification:
    """Every column has its place, told or not."""
    return {
        "field": "label",
        "type": "ordinal",
        "sort": labels,
        "scale": {"domain": labels, "paddingInner": apart},
        "axis": {"labelAngle": 0, "domainColor": INK_2, "labelPadding": 6, "labelOverlap": False},
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


def bars(data: dict[str, Any]) -> Specification:
    """Shares on one scale from zero, written at the end of their line; the network is a tick."""
    shares = [float(share) for share in data["values"]]
    marks = [None if mark is None else float(mark) for mark in data["marks"]]
    values = [
        {
            "label": "|".join(wrap(label, 30)),
            "share": share,
            "said": f"{_in_tenths(said)}\u00a0%",
            "mark": mark,
        }
        for label, share, said, mark in zip(data["labels"], shares, data["values"], marks, strict=True)
    ]
    longest = max([1.0, *shares, *(mark or 0 for mark in marks)])
    x = from_zero(longest)
    end = WIDTH - LABELS
    words = {
        "mark": {"type": "text", "align": "right", "fontWeight": 600},
        "encoding": {"text": {"field": "said"}, "x": {"value": end}},
    }
    return {
        "width": end - SUMS,
        "height": {"step": 32},
        "data": {"values": values},
        "encoding": {"x": x | {"field": "share"}, "y": _names()},
        "layer": [{"mark": bar(SOLID, height=15)}, *ticks(x, size=22, lines=(6, 2.5)), words],
    }


def _in_tenths(share: str) -> str:
    """Halves up, as everywhere: 10,45 is 10,5."""
    return str(Decimal(share).quantize(Decimal("0.1"), ROUND_HALF_UP)).replace(".", ",")


def pair(data: dict[str, Any]) -> Specification:
    """This year full, last year hatched, on a scale of their own."""
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


def _names() -> Specification:
    axis = {
        "domain": False,
        "labelAlign": "left",
        "labelPadding": LABELS,
        "minExtent": LABELS,
        "maxExtent": LABELS,
        "labelLimit": 2 * LABELS,
        "labelExpr": "split(datum.label, '|')",
        "labelLineHeight": 14,
        "labelColor": INK,
    }
    return {"field": "label", "type": "nominal", "sort": None, "axis": axis}


SHAPES = {"months": months, "years": years, "bars": bars, "pair": pair}
