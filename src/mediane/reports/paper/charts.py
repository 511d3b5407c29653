"""The charts of an edition as SVG, by the code of their table; drawn all at once."""

from collections.abc import Iterator, Mapping
from typing import Any

from mediane.kit import charts
from mediane.kit.graphics import ours
from mediane.reports.rules.composing import every_block
from mediane.reports.rules.drawings import NARROW, WIDE, Room, specification


def drawn(contents: Mapping[str, Any]) -> dict[str, str]:
    """For a sheet of paper."""
    return {name: pictures[0] for name, pictures in _drawn(contents, WIDE).items()}


def drawn_for_screens(contents: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Each for a desk, then for a telephone."""
    return _drawn(contents, WIDE, NARROW)


def _drawn(contents: Mapping[str, Any], *rooms: Room) -> dict[str, tuple[str, ...]]:
    named = list(_named(every_block(dict(contents))))
    made = iter(
        charts.drawn([specification(shape, data, room) for _, shape, data in named for room in rooms])
    )
    return {name: tuple(ours(next(made), f"{name}-{room.width}") for room in rooms) for name, _, _ in named}


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
