"""`mediane worker`: the jobs (mail, files, sweeps)."""

import argparse
from typing import cast

from mediane.command import surroundings

HELP = "Lance le traitement des tâches de fond (courriels, fichiers, rattrapages)."


def describe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--concurrency", default=2, type=int, metavar="N", help="tâches menées de front (2)")


def run(options: argparse.Namespace) -> int:
    surroundings.choose_settings()
    with surroundings.database():
        surroundings.wake_django(check=True)
        from procrastinate.contrib.django import app
        from procrastinate.contrib.django.django_connector import DjangoConnector

        connector = cast(DjangoConnector, app.connector).get_worker_connector()
        with app.replace_connector(connector) as working:
            working.run_worker(concurrency=options.concurrency)
    return 0
