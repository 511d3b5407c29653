"""What the charts of the house look like, on a page or on paper: read in grey, each series by its pattern."""

import re
from typing import Any

Specification = dict[str, Any]
INK, INK_2, CANARD, LINE = "#1b2528", "#4c585c", "#0e5460", "#dcd6ca"
# Filled by a pattern once drawn: Vega-Lite knows plain colours only.
HATCHED, HATCHED_EDGE = "#8fb6bb", "#5d9299"
SOLID = {"fill": CANARD, "stroke": CANARD, "strokeWidth": 1}
STRIPED = {"fill": HATCHED, "stroke": HATCHED_EDGE, "strokeWidth": 1}
HOLLOW = {"fill": "#ffffff", "stroke": CANARD, "strokeWidth": 1.5}
THOUSANDS = "replace(format(datum.value, ',d'), /,/g, '\u00a0')"
# Said of every group and path: the whole is one picture, with one alternative.
SAID_OF_PARTS = re.compile(r' (?:role="graphics-[a-z]+"|aria-[a-z]+="[^"]*"|pointer-events="none")')
PATTERN = (
    '<defs><pattern id="{name}-hatch" width="6" height="6" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="6" height="6" fill="#ffffff"/>'
    f'<rect width="2.4" height="6" fill="{HATCHED}"/></pattern></defs></svg>'
)


def chart(inside: Specification, *, font: str, size: int, padding: Any, axis: Specification) -> Specification:
    """The whole of a specification, in the letters of where it is read."""
    words = {"labelColor": INK_2, "labelFontSize": size, "ticks": False, "title": None, "gridColor": LINE}
    config = {
        "aria": False,
        "background": "transparent",
        "font": font,
        "view": {"stroke": None},
        "axis": words | axis,
        "text": {"fontSize": size, "color": INK},
    }
    schema = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json"}
    return schema | {"config": config, "padding": padding} | inside


def bar(look: Specification, **more: Any) -> Specification:
    return {"type": "bar", **look, **more}


def only(name: str, value: str) -> Specification:
    """Of a layer: the rows that have this value."""
    return {"filter": f"datum.{name} == '{value}'"}


def from_zero(longest: float) -> Specification:
    """A length on a scale that begins at zero and is not drawn."""
    return {"type": "quantitative", "axis": None, "scale": {"domain": [0, longest], "nice": False}}


def ticks(x: Specification, *, size: int, lines: tuple[float, float], **offset: Any) -> list[Specification]:
    """Where the network stands: an ink line with a white halo, seen on the bar as beside it."""
    tick = {"type": "tick", "size": size, "opacity": 1} | offset
    return [
        {
            "transform": [{"filter": "isValid(datum.mark)"}],
            "mark": tick | {"thickness": thickness, "color": color},
            "encoding": {"x": x | {"field": "mark"}},
        }
        for thickness, color in zip(lines, ("#ffffff", INK), strict=True)
    ]


def ours(svg: str, name: str) -> str:
    """What the engine drew, with our pattern, and names that no other chart of the page has."""
    plain = SAID_OF_PARTS.sub("", svg)
    hatched = plain.replace(f'fill="{HATCHED}"', f'fill="url(#{name}-hatch)"')
    renamed = hatched.replace('id="clip', f'id="{name}-clip').replace("url(#clip", f"url(#{name}-clip")
    return renamed if hatched == plain else renamed.replace("</svg>", PATTERN.format(name=name))
