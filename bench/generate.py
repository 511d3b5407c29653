"""Fill a database with invented cases: the same number, seed and day give the same ones."""

import argparse
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import partial

import psycopg

from bench import bulk
from bench.cafs import Caf, all_cafs
from bench.stories import Stories
from mediane.correspondence.models import Kind, LetterTemplate
from mediane.kit import clock

CHUNK = 20_000
MEMORY = ("SET maintenance_work_mem = '1GB'", "SET max_parallel_maintenance_workers = 2")


def generate(
    number: int, *, superuser_url: str, seed: int, day: date, say: Callable[[str], None] = lambda _: None
) -> None:
    """Add `number` cases to a migrated database. The connection must bypass row-level security."""
    began = time.monotonic()
    with psycopg.connect(superuser_url) as connection:
        for setting in MEMORY:
            connection.execute(setting)
        stories = _stories(connection, all_cafs(day), seed=seed, day=day)
        connection.commit()
        tables = [sheet.table for sheet in stories.sheets.all()]
        with (
            bulk.unheard(connection, tables),
            bulk.stripped(connection, tables),
            ThreadPoolExecutor(1) as sender,
        ):
            for count in _told(stories, number, partial(sender.submit, _send, connection)):
                say(f"{count} dossiers, {time.monotonic() - began:.0f} s")
            bulk.restart_numbers(connection, tables)
        connection.commit()
        say(f"index de recherche, {time.monotonic() - began:.0f} s")
        connection.execute("ANALYZE")
        connection.commit()
        bulk.fill_search(superuser_url, stories.ids["case"])
        connection.autocommit = True
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
    say(f"{number} dossiers prêts en {time.monotonic() - began:.0f} s")


def _told(stories: Stories, number: int, send: Callable[[list[bulk.Load]], Future[None]]) -> Iterator[int]:
    """How many are told so far; a lot is sent while the next is told."""
    sent: Future[None] | None = None
    while stories.count < number:
        for _ in range(min(CHUNK, number - stories.count)):
            stories.tell()
        if sent:
            sent.result()
        sent = send([sheet.load() for sheet in stories.sheets.all()])
        yield stories.count
    if sent:
        sent.result()


def _send(connection: psycopg.Connection, loads: list[bulk.Load]) -> None:
    """While the next ones are told."""
    for load in loads:
        load.send(connection)
    connection.commit()


def _stories(connection: psycopg.Connection, cafs: list[Caf], *, seed: int, day: date) -> Stories:
    template = LetterTemplate.objects.filter(kind=Kind.REPLY).order_by("pk").first()
    if template is None:
        raise LookupError("no template of a reply: migrate first")
    first = partial(bulk.next_id, connection)
    return Stories(cafs, seed=seed, day=day, reply_template=template.pk, first=first)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, help="combien de dossiers")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--day", type=date.fromisoformat, default=clock.today(), help="le jour où l’on se place"
    )
    parser.add_argument("--superuser-url", required=True, help="une connexion que rien ne filtre")
    options = parser.parse_args()
    generate(
        options.number,
        superuser_url=options.superuser_url,
        seed=options.seed,
        day=options.day,
        say=lambda words: print(words, flush=True),  # noqa: T201 — a command speaks to the terminal
    )


if __name__ == "__main__":
    import django

    django.setup()
    main()
