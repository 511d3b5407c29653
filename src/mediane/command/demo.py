"""`mediane demo`: the whole product on one's own machine, with invented people."""

import argparse
import fcntl
import http.client
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mediane.command import migrate, surroundings
from mediane.command.obstacles import Obstacle
from mediane.kit import cluster, postgres
from mediane.kit.processes import Program, Supervision
from mediane.settings import env

HELP = "Lance toute l’application sur cette machine, avec des personnes inventées."
DATABASE = "base de données"
HOST = "127.0.0.1"
STEPS = 5
ORDERS_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ROOM_AT_FIRST, ROOM_LATER = 300 * cluster.MEGABYTE, 50 * cluster.MEGABYTE
TIME_TO_CLOSE = 4.0  # seconds: a demonstration just killed may still hold the port
TIME_TO_OPEN = 60.0  # seconds


def describe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, default=8000, metavar="PORT", help="port du site (8000)")
    parser.add_argument(
        "--data", type=Path, default=Path(".data"), metavar="DOSSIER", help="où tout est écrit (.data)"
    )
    parser.add_argument("--only-data", action="store_true", help="écrire les données, sans ouvrir le site")


def run(options: argparse.Namespace) -> int:
    for order in ORDERS_TO_STOP:
        signal.signal(order, signal.default_int_handler)
    supervision = Supervision()
    try:
        with _prepared(options.data.absolute(), options.port, is_served=not options.only_data) as folder:
            _fill(supervision, folder)
            if not options.only_data:
                _open(supervision, folder, options.port)
                print(_welcome(options.port, folder), flush=True)
                supervision.watch(until=lambda: False)
    except KeyboardInterrupt:
        print("\nArrêt en cours…", flush=True)
    finally:
        for order in ORDERS_TO_STOP:
            signal.signal(order, signal.SIG_IGN)
        supervision.stop()
    print("Tout est arrêté.")
    return 0


def _fill(supervision: Supervision, folder: Path) -> None:
    with _step(2, "Base de données"):
        if not env.secret("DATABASE_URL"):
            database = Database(DATABASE, folder / "log" / "base.log", folder / "postgres")
            supervision.start(database)
            surroundings.use(database.server, folder)
    with _step(3, "Tables"):
        surroundings.wake_django(check=True)
        migrate.bring_up_to_date(verbosity=0)
    with _step(4, "Données de démonstration"):
        load_demonstration()


def _open(supervision: Supervision, folder: Path, port: int) -> None:
    with _step(5, "Site, tâches de fond et boîte aux lettres"):
        for program in _programs(folder, port):
            supervision.start(program)
        limit = time.monotonic() + TIME_TO_OPEN
        supervision.watch(until=lambda: _is_open(port) or time.monotonic() > limit)
        if not _is_open(port):
            raise Obstacle(f"Le site ne répond pas. Son journal est dans {folder / 'log' / 'site.log'}.")


def load_demonstration() -> None:
    from django.db import connections

    from mediane.integrations.demonstration import load

    load()
    connections.close_all()


@dataclass
class Database:
    """The embedded server as a part that can be started again."""

    name: str
    log: Path
    folder: Path
    needs: str = ""

    @property
    def pid(self) -> int:
        return self.server.pid

    def start(self) -> None:
        self.server = postgres.start(self.folder, log=self.log)

    def dismiss(self) -> None:
        """Nothing yet: the others still need it to finish."""

    def stop(self, *, limit: float) -> None:
        self.server.stop()


def _programs(folder: Path, port: int) -> list[Program]:
    letters = _free_port()
    surroundings.force(EMAIL_URL=f"smtp://{HOST}:{letters}")
    register = _free_port()
    surroundings.force(CRM_URL=f"http://{HOST}:{register}/v1", CRM_TOKEN=secrets.token_urlsafe())
    given = surroundings.inherited()
    python, logs = sys.executable, folder / "log"
    letterbox = [python, "-m", "mediane.integrations.letterbox", str(folder / "courrier"), str(letters)]
    crm = [python, "-m", "mediane.integrations.crm.reference", str(folder / "grc.json"), str(register)]
    serve = [python, "-m", "mediane", "serve", "--host", HOST, "--port", str(port)]
    return [
        Program("boîte aux lettres", letterbox, logs / "courrier.log", given),
        Program("registre des réclamations", crm, logs / "grc.log", given),
        Program("site", serve, logs / "site.log", given),
        # A worker that lost its connections takes half a minute to admit it.
        Program("tâches de fond", [python, "-m", "mediane", "worker"], logs / "taches.log", given, DATABASE),
    ]


@contextmanager
def _prepared(folder: Path, port: int, *, is_served: bool = True) -> Iterator[Path]:
    """A folder of our own and a free port, held for as long as the demonstration runs."""
    surroundings.force(
        DJANGO_SETTINGS_MODULE="mediane.settings.demonstration",
        MEDIANE_DATA=str(folder),
        PUBLIC_URL=f"http://{HOST}:{port}",
    )
    with cluster.obstacles_in_plain_words(folder):
        with _step(1, "Dossier et port"):
            (folder / "log").mkdir(parents=True, exist_ok=True)
            is_new = not (folder / "postgres").exists()
            cluster.check_room(folder, ROOM_AT_FIRST if is_new else ROOM_LATER)
            lock = (folder / "lock").open("w")
            _hold(lock.fileno(), folder)
            if is_served:
                _check_port(port)
        for log in (folder / "log").glob("*.log"):
            log.write_bytes(b"")
    with lock:
        yield folder


def _hold(lock: int, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Obstacle(
            f"Une démonstration tourne déjà dans {folder}. "
            "Arrêtez-la, ou choisissez un autre dossier\u00a0: make demo DATA=.data2 PORT=8001"
        ) from error


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("le port est un nombre de 1 à 65535")
    return int(text)


def _check_port(port: int) -> None:
    limit = time.monotonic() + TIME_TO_CLOSE
    pause = threading.Event()
    while not _is_free(port):
        if time.monotonic() > limit:
            other = port + 1 if port < 65535 else 8001
            raise Obstacle(
                f"Le port {port} est déjà pris. Choisissez-en un autre\u00a0: make demo PORT={other}"
            )
        pause.wait(0.2)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise Obstacle(
                f"Le port {port} est réservé à root. Choisissez-en un autre\u00a0: make demo PORT=8000"
            ) from error
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        number: int = probe.getsockname()[1]
    return number


def _is_open(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/etat/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def _step(number: int, title: str) -> Iterator[None]:
    print(f"{number}/{STEPS} {title}… ", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print(flush=True)  # what went wrong is said on a line of its own
        raise
    print(f"prêt ({time.monotonic() - began:.1f}\u00a0s)".replace(".", ","), flush=True)


def _welcome(port: int, folder: Path) -> str:
    site = f"http://{HOST}:{port}"
    return f"""
Médiane est ouverte\u00a0: {site}/

  Se connecter en un clic, sous le nom de l’une des personnes inventées\u00a0:
    {site}/demonstration/
  Les courriels partis sont lisibles au même endroit, et dans {folder / "courrier"}
  Les journaux sont dans {folder / "log"}

Ctrl-C arrête tout."""
