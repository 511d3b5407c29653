"""What every subcommand needs before Django wakes: settings, database, keys.

The only writer of the environment, as `mediane.settings.env` is its only reader.
"""

import base64
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mediane.kit import postgres
from mediane.settings import env

log = logging.getLogger(__name__)
KEPT_FOLDER = "~/.local/share/mediane"


def choose_settings(name: str = "mediane.settings.base") -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", name)


def force(**values: str) -> None:
    os.environ.update(values)


def inherited() -> dict[str, str]:
    """What a child process is given: our own environment, as completed."""
    return dict(os.environ)


@contextmanager
def database() -> Iterator[None]:
    """The database of DATABASE_URL, else the embedded server, for the time of a command."""
    if env.secret("DATABASE_URL"):
        yield
        return
    folder = env.folder("MEDIANE_DATA", KEPT_FOLDER)
    server = postgres.start(folder / "postgres")
    use(server, folder)
    try:
        yield
    finally:
        if not server.is_adopted:
            server.stop()


def use(server: postgres.Server, folder: Path) -> None:
    """Point Django at the embedded server, with the keys kept beside it."""
    force(DATABASE_URL=server.url(), DATABASE_OWNER_URL=server.owner_url, MEDIANE_DATA=str(folder))
    place = folder / "secrets"
    place.mkdir(mode=0o700, exist_ok=True)
    for name, value in (
        ("SECRET_KEY", secrets.token_urlsafe(50)),
        ("MEDIANE_SEALING_KEYS", base64.b64encode(secrets.token_bytes(32)).decode()),
    ):
        if not env.secret(name):
            force(**{f"{name}_FILE": str(_kept(place / name.lower(), value))})


def _kept(file: Path, value: str) -> Path:
    """Written once, whole or not at all: losing a sealing key loses what it sealed."""
    if not file.exists():
        draft = file.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(value)
        draft.replace(file)
    return file


def wake_django(*, check: bool = False) -> None:
    """What is only to be known goes to the log.

    :raises SystemCheckError: if a setting is unfit, with what to do.
    """
    import django
    from django.core import checks
    from django.core.management.base import SystemCheckError

    django.setup()
    problems = checks.run_checks() if check else []
    for problem in problems:
        if not problem.is_serious():
            log.warning("%s", problem)
    serious = [problem for problem in problems if problem.is_serious()]
    if serious:
        raise SystemCheckError(" ".join(map(str, serious)))
