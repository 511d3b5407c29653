"""`mediane serve`: the web server."""

import argparse

from mediane.command import surroundings

HELP = "Lance le serveur web."
WORKERS = 2


def describe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", metavar="ADRESSE", help="adresse d’écoute (127.0.0.1)")
    parser.add_argument("--port", default=8000, type=int, metavar="PORT", help="port d’écoute (8000)")
    parser.add_argument(
        "--workers", default=WORKERS, type=int, metavar="N", help=f"nombre de processus ({WORKERS})"
    )


def run(options: argparse.Namespace) -> int:
    surroundings.choose_settings()
    with surroundings.database():
        surroundings.wake_django(check=True)
        _serve(options.host, options.port, options.workers)
    return 0


def _serve(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "mediane.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=2,
    ).serve()
