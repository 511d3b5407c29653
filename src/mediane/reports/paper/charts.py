"""The charts of an edition as SVG, by the code of their table; drawn all at once."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mediane.kit import charts
from mediane.reports.rules.composing import every_block
from mediane.reports.rules.drawings import HATCHED, specification

# Said of every group and path: the whole is one picture, with one alternative.
SAID_OF_PARTS = re.compile(r' (?:role="graphics-[a-z]+"|aria-[a-z]+="[^"]*"|pointer-events="none")')


def drawn(contents: Mapping[str, Any]) -> dict[str, str]:
    named = list(_named(every_block(dict(contents))))
    pictures = charts.drawn([specification(shape, data) for _, shape, data in named])
    return {name: _ours(svg, name) for (name, _, _), svg in zip(named, pictures, strict=True)}


def _named(blocks: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for block in blocks:
        if block["kind"] == "chart" and has_something(block["data"]):
            yield block["table"]["code"], block["shape"], block["data"]
        if block["kind"] == "money":
            for rank, one in enumerate(block["sums"]):
                if all(cents is not None and cents >= 0 for _, _, cents in one["years"]):
                    labels, _, values = zip(*one["years"], strict=True)
                    yield f"somme-{rank}", "pair", {"labels": labels, "values": values}


def has_something(data: Mapping[str, Any]) -> bool:
    """A chart of numbers none of which is told draws nothing."""
    series = data.get("series") or [{"values": data.get("values", ())}]
    return any(value is not None for one in series for value in one["values"])


def _ours(svg: str, name: str) -> str:
    plain = SAID_OF_PARTS.sub("", svg)
    named = plain.replace('id="clip', f'id="{name}-clip').replace("url(#clip", f"url(#{name}-clip")
    hatched = named.replace(f'fill="{HATCHED}"', f'fill="url(#{name}-hatch)"')
    if hatched == named:
        return named
    pattern = (
        f'<pattern id="{name}-hatch" width="6" height="6" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect width="6" height="6" fill="#ffffff"/>'
        f'<rect width="2.4" height="6" fill="{HATCHED}"/></pattern>'
    )
    return hatched.replace("</svg>", f"<defs>{pattern}</defs></svg>")
