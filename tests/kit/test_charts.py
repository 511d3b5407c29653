"""Charts: drawn once by the engine, the same characters each time."""

import subprocess
from typing import Any

import pytest

from mediane.kit.charts import ChartError, drawn


def bars(*numbers: int) -> dict[str, Any]:
    values = [{"month": f"m{rank}", "number": number} for rank, number in enumerate(numbers)]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": values},
        "mark": "bar",
        "encoding": {
            "x": {"field": "month", "type": "nominal"},
            "y": {"field": "number", "type": "quantitative"},
        },
    }


def test_a_specification_becomes_svg_and_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = drawn([bars(1, 2), bars(3, 4)])
    assert first.startswith("<svg")
    assert first != second

    def nobody_draws(*_: object, **__: object) -> None:
        raise AssertionError("drawn again")

    monkeypatch.setattr(subprocess, "run", nobody_draws)
    assert drawn([bars(3, 4), bars(1, 2), bars(1, 2)]) == [second, first, first]


def test_what_cannot_be_drawn_is_said() -> None:
    with pytest.raises(ChartError):
        drawn([{"mark": "unknown"}])
