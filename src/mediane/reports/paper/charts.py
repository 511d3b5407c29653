"""The charts of an edition as SVG, by the code of their table; drawn all at once."""

from collections.abc import Iterator, Mapping
from typing import Any

from mediane.kit import charts
from mediane.kit.graphics import ours
from mediane.reports.rules.composing import every_block
from mediane.reports.rules.drawings import specification


def drawn(contents: Mapping[str, Any]) -> dict[str, str]:
    named = list(_named(every_block(dict(contents))))
    pictures = charts.drawn([specification(shape, data) for _, shape, data in named])
    return {name: ours(svg, name) for (name, _, _), svg in zip(named, pictures, strict=True)}


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
