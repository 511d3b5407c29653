"""Charts of figures as Vega-Lite specifications. Each series has a pattern of its own: grey is enough."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from mediane.kit import graphics
from mediane.kit.graphics import HOLLOW, INK, INK_2, SOLID, STRIPED, THOUSANDS, Specification, bar, only

FONT = "Atkinson Next, Atkinson Hyperlegible Next, Arial, sans-serif"
PADDING = {"left": 0, "top": 2, "right": 2, "bottom": 2}
LOOKS: Mapping[str, dict[str, Any]] = {"solid": SOLID, "striped": STRIPED, "hollow": HOLLOW}
LINE_HEIGHT = 16
TOPS = {
    "transform": [{"filter": "datum.series == 'n' && datum.top != ''"}],
    "mark": {"type": "text", "dy": -10, "fontWeight": 700},
    "encoding": {"text": {"field": "top"}},
}
UNDERLINED = {"labelAngle": 0, "labelPadding": 10, "domain": True, "domainColor": INK_2}


class Bar(NamedTuple):
    """`mark` is where the network stands."""

    label: str
    value: Decimal
    shown: str
    mark: Decimal | None = None
    look: str = "solid"


class Year(NamedTuple):
    name: str
    inside: int
    outside: int
    shown: str


def months(
    labels: Sequence[str],
    now: Sequence[int],
    before: Sequence[float] | None,
    *,
    tops: dict[int, str],
    width: int,
) -> Specification:
    """Two bars a month, the period shown at the right; `tops` are written above, by rank from 1."""
    rows = [
        {"label": label, "number": number, "series": series, "top": tops.get(rank, "")}
        for series, numbers in (("b", before), ("n", now))
        if numbers is not None
        for rank, (label, number) in enumerate(zip(labels, numbers, strict=True), 1)
    ]
    return chart(
        {
            "width": width,
            "height": 190 if width < 500 else 240,
            "data": {"values": rows},
            "encoding": {
                "x": _month_axis([labels[rank - 1] for rank in tops], is_small=width < 500),
                "y": _count_axis(max([*now, *(before or ()), 4])),
                "xOffset": {"field": "series", "type": "nominal", "scale": {"paddingInner": 0.12}},
            },
            "layer": [
                {"transform": [only("series", "b")], "mark": bar(STRIPED)},
                {"transform": [only("series", "n")], "mark": bar(SOLID)},
                TOPS,
            ],
        }
    )


def _month_axis(bold: Sequence[str], *, is_small: bool) -> Specification:
    """Months that stand out are in bold; a telephone has room for one letter each."""
    stands_out = f"indexof({list(bold)}, datum.value) >= 0"
    axis = UNDERLINED | {
        "labelOverlap": False,
        "labelExpr": "slice(datum.label, 0, 1)" if is_small else "datum.label",
        "labelFontWeight": {"condition": {"test": stands_out, "value": 700}, "value": 400},
        "labelColor": {"condition": {"test": stands_out, "value": INK}, "value": INK_2},
    }
    scale = {"paddingInner": 0.3, "paddingOuter": 0.15}
    return {"field": "label", "type": "ordinal", "sort": None, "scale": scale, "axis": axis}


def _count_axis(highest: float) -> Specification:
    return {
        "field": "number",
        "type": "quantitative",
        "scale": {"nice": True, "domainMin": 0, "domainMax": highest},
        "axis": {"tickCount": 4, "tickMinStep": 1, "labelExpr": THOUSANDS, "labelPadding": 10},
    }


def years(rows: Sequence[Year], *, width: int) -> Specification:
    """What was inside the mediation under what was not; the whole written above."""
    parts = [
        {"year": one.name, "from": base, "to": base + part, "part": name, "shown": one.shown}
        for one in rows
        for name, base, part in (("in", 0, one.inside), ("out", one.inside, one.outside))
    ]
    scale = {"paddingInner": 0.4, "paddingOuter": 0.2}
    x = {"field": "year", "type": "ordinal", "sort": None, "scale": scale, "axis": UNDERLINED}
    y = {"field": "from", "type": "quantitative", "axis": None, "scale": {"domainMin": 0}}
    on_top = {"y": {"field": "to", "type": "quantitative"}, "y2": None, "text": {"field": "shown"}}
    inside, outside = ([only("part", name)] for name in ("in", "out"))
    return chart(
        {
            "width": width,
            "height": 220,
            "data": {"values": parts},
            "encoding": {"x": x, "y": y, "y2": {"field": "to"}},
            "layer": [
                {"transform": inside, "mark": bar(SOLID)},
                {"transform": outside, "mark": bar(HOLLOW)},
                {
                    "transform": outside,
                    "mark": {"type": "text", "dy": -11, "fontWeight": 700},
                    "encoding": on_top,
                },
            ],
        }
    )


def pair(rows: Sequence[Bar], *, width: int, column: int) -> Specification:
    """Two bars on a scale of their own, the name of the period before each."""
    values = [{"label": row.label, "value": float(row.value), "look": row.look} for row in rows]
    ends = [0.0, *(float(row.value) for row in rows)]
    axis = {"labelAlign": "left", "labelPadding": column, "labelLimit": column, "labelColor": INK}
    axis |= {"minExtent": column, "maxExtent": column}
    scale = {"domain": [min(ends), max(ends) or min(ends) + 1], "nice": False}
    return chart(
        {
            "width": width - column,
            "height": {"step": 26},
            "data": {"values": values},
            "encoding": {
                "x": {"field": "value", "type": "quantitative", "axis": None, "scale": scale},
                "y": {"field": "label", "type": "nominal", "sort": None, "axis": axis},
            },
            "layer": [
                {
                    "transform": [only("look", name)],
                    "mark": bar(look, height=12),
                }
                for name, look in LOOKS.items()
            ],
        }
    )


def below_one_another(named: Sequence[tuple[str, Specification]]) -> Specification:
    """Several in one picture, each with its own scale."""
    stacked = [
        {key: value for key, value in one.items() if key not in ("$schema", "config", "padding", "autosize")}
        | {"title": {"text": name, "anchor": "start", "fontSize": 15}}
        for name, one in named
    ]
    return chart({"vconcat": stacked, "resolve": {"scale": {"x": "independent", "y": "independent"}}})


def chart(inside: Specification) -> Specification:
    return graphics.chart(inside, font=FONT, size=14, padding=PADDING, axis={"domain": False})
