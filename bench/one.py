"""One size, in a process of its own: Django is awake on one database only."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from bench import database
from mediane.command import surroundings
from mediane.kit import clock


def main() -> None:
    size, folder = int(sys.argv[1]), Path(sys.argv[2])
    surroundings.force(DJANGO_SETTINGS_MODULE="mediane.settings.demonstration", MEDIANE_DATA=str(folder))
    server = database.filled(folder, size, day=clock.today(), say=_say)
    try:
        surroundings.wake_django()
        from django.db import connections  # noqa: PLC0415 — needs Django awake

        from bench.measure import measure  # noqa: PLC0415

        report = measure(size, folder, superuser_url=database.superuser_url(server), say=_say)
        with connections["default"].cursor() as cursor:
            cursor.execute("SHOW server_version")
            version = cursor.fetchone()[0]
        connections.close_all()
    finally:
        server.stop()
    (folder / "report.json").write_text(json.dumps(asdict(report) | {"version": version}))


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 — a command speaks to the terminal


if __name__ == "__main__":
    main()
