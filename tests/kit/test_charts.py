"""Charts: drawn once by the engine, the same characters each time."""

import subprocess
from pathlib import Path
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


def a_worker_begins(settings: Any, folder: Path) -> None:
    """It remembers nothing, and finds what others kept in the folder."""
    drawings = settings.CACHES["drawings"] | {"LOCATION": folder}
    settings.CACHES = settings.CACHES | {"drawings": drawings}


def test_a_specification_becomes_svg_and_is_drawn_once_for_every_worker(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "drawings"
    a_worker_begins(settings, folder)
    first, second = drawn([bars(1, 2), bars(3, 4)])
    assert first.startswith("<svg")
    assert first != second
    assert folder.stat().st_mode & 0o777 == 0o700

    def nobody_draws(*_: object, **__: object) -> None:
        raise AssertionError("drawn again")

    monkeypatch.setattr(subprocess, "run", nobody_draws)
    a_worker_begins(settings, folder)
    assert drawn([bars(3, 4), bars(1, 2), bars(1, 2)]) == [second, first, first]


def test_another_engine_draws_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn([bars(5, 6)])
    monkeypatch.setattr("mediane.kit.charts.ENGINE", "another")
    monkeypatch.setattr("mediane.kit.charts.SECONDS", 0)
    with pytest.raises(ChartError):
        drawn([bars(5, 6)])


def test_several_are_drawn_by_one_call(monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> None:
    a_worker_begins(settings, tmp_path)
    calls, run = [], subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *given, **more: calls.append(1) or run(*given, **more))
    assert len(set(drawn([bars(7, rank) for rank in range(4)]))) == 4
    assert len(calls) == 1


def test_what_cannot_be_drawn_is_said() -> None:
    with pytest.raises(ChartError):
        drawn([{"mark": "unknown"}])
