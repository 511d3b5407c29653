"""`make bench`: invented cases, the product served for real, and its floors beside it."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

from bench.figures import Report, Times, table, verdict_table

SIZES = "10000 100000"
BEGIN, END = "<!-- début des mesures -->", "<!-- fin des mesures -->"


def main() -> None:
    sizes = [int(size) for size in (sys.argv[1:] or os.environ.get("SIZES", SIZES).split())]
    root = Path(os.environ.get("DATA", ".data")).absolute() / "bench"
    page = Path(os.environ.get("BENCH_PAGE", "docs/bench.md"))
    reports, version = [], ""
    for size in sizes:
        folder = root / str(size)
        folder.mkdir(parents=True, exist_ok=True)
        one = [sys.executable, "-m", "bench.one", str(size), str(folder)]
        subprocess.run(one, check=True)  # noqa: S603 — ourselves
        told = json.loads((folder / "report.json").read_text())
        version = told.pop("version")
        told["times"] = {name: Times(**times) for name, times in told["times"].items()}
        reports.append(Report(**told))
        _publish(reports, version, page)


def _publish(reports: list[Report], version: str, page: Path) -> None:
    machine = (
        f"{os.cpu_count()} cœurs, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, PostgreSQL {version}, 2 processus de travail."
    )
    parts = [machine + "\n", *map(table, reports), "### Promesses\n", verdict_table(reports)]
    text = "\n".join(parts)
    print(text, flush=True)  # noqa: T201 — a command speaks to the terminal
    before = page.read_text() if page.exists() else f"{BEGIN}\n{END}\n"
    page.write_text(f"{before.split(BEGIN)[0]}{BEGIN}\n{text}{END}{before.split(END)[1]}")


if __name__ == "__main__":
    main()
