"""A durable embedded server of the bench’s own, filled once a size and kept for the next run."""

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from mediane.command import migrate, surroundings
from mediane.kit import postgres
from mediane.kit.cluster import SUPERUSER

SEED = 1


def superuser_url(server: postgres.Server) -> str:
    """Nothing filters it: for the generator, and for the same SQL without row-level security."""
    return server.url(user=SUPERUSER)


def filled(folder: Path, number: int, *, day: date, say: Callable[[str], None]) -> postgres.Server:
    """The server of a database of `number` cases, made at need."""
    made = folder / "made"
    if not made.exists() or made.read_text() != _mark(number, day):
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    if not made.exists():
        _fill(folder, number, day, say)
        made.write_text(_mark(number, day))
    server = postgres.start(folder / "postgres")
    surroundings.use(server, folder)
    return server


def _fill(folder: Path, number: int, day: date, say: Callable[[str], None]) -> None:
    # Loading needs no journal; what is measured afterwards has it all.
    server = postgres.start(folder / "postgres", durable=False)
    try:
        surroundings.use(server, folder)
        surroundings.wake_django()
        migrate.bring_up_to_date(verbosity=0)
        from bench.filling import fill  # noqa: PLC0415 — its models need Django awake

        fill(number, superuser_url=superuser_url(server), seed=SEED, day=day, say=say)
    finally:
        server.stop()
        os.sync()


def _mark(number: int, day: date) -> str:
    """The newest migration is part of it: other tables, other database."""
    root = Path(surroundings.__file__).parent.parent
    migrations = max(file.stat().st_mtime_ns for file in root.glob("*/migrations/*.py"))
    stories = max(
        file.stat().st_mtime_ns for file in Path(__file__).parent.glob("*.py") if file.stem in STORY
    )
    return f"{number} {day} {migrations} {stories}"


STORY = ("bulk", "sheets", "stories", "words", "generate")
