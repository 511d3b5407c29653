"""Early warning replayed on invented years: false alarms, and months until a rise is seen.

`python -m bench.control` prints the table and writes it in docs/bench.md. Same seed, same figures.
"""

import sys
from collections.abc import Iterator
from datetime import date
from math import cos, exp, pi
from pathlib import Path
from random import Random
from statistics import median

from mediane.statistics.rules.control import CHART, Chart, seasons, watched

BEGIN, END = "<!-- début des alertes -->", "<!-- fin des alertes -->"
YEARS, SERIES, SEED = 6, 400, "alertes"
RISES_AT = 48  # months of calm before
LEVELS = (0.3, 1.0, 3.0, 10.0, 30.0)
RATIOS = (1.5, 2.0, 3.0)
SEASON, SPREAD = 0.3, 1.3  # swing of the year; variance over mean


def days() -> list[date]:
    return [date(2019 + rank // 12, rank % 12 + 1, 1) for rank in range(12 * YEARS)]


def invented(chance: Random, level: float, ratio: float) -> dict[date, int]:
    """Counts wider than chance, with a season, multiplied by `ratio` from one month on."""
    found = {}
    for rank, day in enumerate(days()):
        mean = level * (1 + SEASON * cos(2 * pi * day.month / 12)) * (ratio if rank >= RISES_AT else 1)
        shape = mean / (SPREAD - 1)
        found[day] = _poisson(chance, chance.gammavariate(shape, SPREAD - 1))
    return found


def _poisson(chance: Random, mean: float) -> int:
    """By parts of ten at most: the product of draws would underflow."""
    drawn = 0
    while mean > 0:
        part, mean = min(mean, 10.0), mean - 10.0
        product, least = chance.random(), exp(-part)
        while product > least:
            product *= chance.random()
            drawn += 1
    return drawn


def replayed(level: float, ratio: float, chart: Chart) -> tuple[float, float, float | None]:
    """False alarms in a hundred series and years; share of rises seen within a year; months until then."""
    chance = Random(f"{SEED} {level} {ratio}")  # noqa: S311 — series are invented, nothing secret is drawn
    many = [invented(chance, level, ratio) for _ in range(SERIES)]
    # As the product does: the season is that of all Cafs together, rises included.
    season = seasons({day: sum(one[day] for one in many) for day in days()}, chart)
    false, delays = 0, []
    for one in many:
        seen = list(_first_months_of_signals(one, season, chart))
        false += sum(rank < RISES_AT for rank in seen)
        late = [rank - RISES_AT + 1 for rank in seen if RISES_AT <= rank < RISES_AT + 12]
        delays += late[:1]
    calm_years = SERIES * (RISES_AT - chart.shortest_base) / 12
    return 100 * false / calm_years, 100 * len(delays) / SERIES, median(delays) if delays else None


def _first_months_of_signals(months: dict[date, int], season: list[float], chart: Chart) -> Iterator[int]:
    was_signal = False
    for rank, one in enumerate(watched(months, season, chart), chart.shortest_base):
        if one.is_signal and not was_signal:
            yield rank
        was_signal = one.is_signal


def table(chart: Chart = CHART) -> str:
    ratios = [f"× {str(ratio).replace('.', ',')}" for ratio in RATIOS]
    head = ["saisines par mois", "fausses alertes pour 100 séries et par an"]
    head += [f"hausse {ratio}\u00a0: vues en un an, délai médian" for ratio in ratios]
    rows = [head, ["---"] * len(head)]
    for level in LEVELS:
        calm, *_ = replayed(level, 1.0, chart)
        cells = [f"{level:g}".replace(".", ","), f"{calm:.1f}".replace(".", ",")]
        for ratio in RATIOS:
            _, seen, delay = replayed(level, ratio, chart)
            months = str(delay).removesuffix(".0").replace(".", ",")
            cells.append(f"{seen:.0f}\u00a0%, {months}\u00a0mois" if delay else "aucune")
        rows.append(cells)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main() -> None:
    text = table()
    sys.stdout.write(f"{text}\n")
    page = Path(__file__).parents[1] / "docs" / "bench.md"
    before = page.read_text()
    if BEGIN in before:
        after = before.split(END)[1]
        page.write_text(f"{before.split(BEGIN)[0]}{BEGIN}\n{text}\n{END}{after}")


if __name__ == "__main__":
    main()
