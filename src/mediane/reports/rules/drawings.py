"""The charts of a report as Vega-Lite specifications, from frozen data. Read in grey: full, or hatched."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

Specification = dict[str, Any]
INK, INK_2, CANARD, LINE = "#1b2528", "#4c585c", "#0e5460", "#dcd6ca"
# Made a pattern once drawn: Vega-Lite knows plain colours only.
HATCHED, HATCHED_EDGE = "#8fb6bb", "#5d9299"
FONT = "Atkinson Hyperlegible Next"
SOLID = {"type": "bar", "fill": CANARD, "stroke": CANARD, "strokeWidth": 1}
STRIPED = {"type": "bar", "fill": HATCHED, "stroke": HATCHED_EDGE, "strokeWidth": 1}
WIDTH, LABELS, SUMS = 640, 225, 70
THOUSANDS = "replace(format(datum.value, ',d'), /,/g, '\u00a0')"
CONFIG = {
    "aria": False,
    "background": "transparent",
    "font": FONT,
    "view": {"stroke": None},
    "axis": {"labelColor": INK_2, "labelFontSize": 13, "ticks": False, "title": None, "gridColor": LINE},
    "text": {"fontSize": 13, "color": INK, "fontWeight": 600},
}


def specification(shape: str, data: dict[str, Any]) -> Specification:
    """:raises KeyError: for a shape that no report has."""
    return _whole(SHAPES[shape](data))


def months(data: dict[str, Any]) -> Specification:
    """Last year hatched, this year full beside it; the highest of this year are written above."""
    now, before = data["series"]
    values = [
        {"label": label, "number": number, "series": order, "top": _top(now["values"], rank, order)}
        for order, series in (("a", before), ("b", now))
        for rank, (label, number) in enumerate(zip(data["labels"], series["values"], strict=True))
        if number is not None
    ]
    offset = {"field": "series", "type": "nominal", "scale": {"domain": ["a", "b"], "paddingInner": 0.1}}
    y = _heights("number")
    return _columns(values, {"x": _places(data["labels"], 0.3), "y": y, "xOffset": offset}) | {
        "layer": [
            {"transform": [_of("series", "a")], "mark": STRIPED},
            {"transform": [_of("series", "b")], "mark": SOLID},
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
            {"transform": [_of("part", "in")], "mark": SOLID, "encoding": since},
            {"transform": [_of("part", "out")], "mark": STRIPED, "encoding": since},
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
        "mark": {"type": "text", "dy": -8},
        "encoding": {"text": {"field": name}},
    }


def bars(data: dict[str, Any]) -> Specification:
    """Shares on one scale from zero, written at the end of their line; the network is a tick."""
    values = [
        {
            "label": "|".join(wrap(label, 30)),
            "share": float(share),
            "said": f"{_in_tenths(share)}\u00a0%",
            "mark": None if mark is None else float(mark),
        }
        for label, share, mark in zip(data["labels"], data["values"], data["marks"], strict=True)
    ]
    longest = max([1.0, *(row["share"] for row in values), *(row["mark"] or 0 for row in values)])  # type: ignore[type-var]
    x = {"type": "quantitative", "axis": None, "scale": {"domain": [0, longest], "nice": False}}
    ticks = [
        {
            "transform": [{"filter": "isValid(datum.mark)"}],
            "mark": {"type": "tick", "thickness": thickness, "size": 22, "color": color, "opacity": 1},
            "encoding": {"x": x | {"field": "mark"}},
        }
        for thickness, color in ((6, "#ffffff"), (2.5, INK))
    ]
    end = WIDTH - LABELS
    words = {
        "mark": {"type": "text", "align": "right"},
        "encoding": {"text": {"field": "said"}, "x": {"value": end}},
    }
    return {
        "width": end - SUMS,
        "height": {"step": 32},
        "data": {"values": values},
        "encoding": {"x": x | {"field": "share"}, "y": _names()},
        "layer": [{"mark": SOLID | {"height": 15}}, *ticks, words],
    }


def _in_tenths(share: str) -> str:
    return f"{float(share):.1f}".replace(".", ",")


def pair(data: dict[str, Any]) -> Specification:
    """This year full, last year hatched, on a scale of their own."""
    values = [
        {"label": label, "value": cents / 100, "is_striped": bool(rank)}
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
            {"transform": [{"filter": "!datum.is_striped"}], "mark": SOLID | {"height": 12}},
            {"transform": [{"filter": "datum.is_striped"}], "mark": STRIPED | {"height": 12}},
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


def _of(name: str, value: str) -> Specification:
    return {"filter": f"datum.{name} == '{value}'"}


def _whole(inside: Specification) -> Specification:
    schema = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json"}
    return schema | {"config": CONFIG, "padding": 2} | inside


SHAPES = {"months": months, "years": years, "bars": bars, "pair": pair}
