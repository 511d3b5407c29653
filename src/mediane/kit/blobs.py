"""Bytes kept in a folder under random names; what they mean is known elsewhere."""

import errno
import os
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mediane.kit.refusal import Refusal

NAME = re.compile(r"[0-9a-f]{32}")
# EFBIG is what a file-size limit of the process answers: for the person, the same thing.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class NoSpace(Refusal):
    """Refused before anything was kept."""

    def __init__(self) -> None:
        super().__init__(
            "Le fichier n’a pas pu être enregistré : la place manque sur notre serveur. "
            "Rien d’autre n’est perdu. Réessayez dans une heure."
        )


class StrangeName(ValueError):
    """Not a name we gave: perhaps an attempt to leave the folder."""


@dataclass(frozen=True)
class Blobs:
    folder: Path

    def write(self, data: bytes) -> str:
        """Return the name once the bytes are safely on the disk, under that name or not at all."""
        name = secrets.token_hex(16)
        path = self._path(name)
        part = path.with_suffix(".part")
        try:
            _make_folder(path.parent, self.folder)
            _write_through(part, data)
            part.rename(path)
            _sync_folder(path.parent)
        except OSError as error:
            part.unlink(missing_ok=True)
            path.unlink(missing_ok=True)
            if error.errno in FULL:
                raise NoSpace from error
            raise
        return name

    def read(self, name: str) -> bytes:
        return self._path(name).read_bytes()

    def delete(self, name: str) -> None:
        """Deleting twice is deleting once: a job may be run again."""
        path = self._path(name)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            _sync_folder(path.parent)

    def written_before(self, instant: datetime) -> set[str]:
        """Names of what has been there since before an instant."""
        return {
            path.name
            for path in self.folder.glob("??/??/*")
            if NAME.fullmatch(path.name) and path.stat().st_mtime < instant.timestamp()
        }

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise StrangeName(name)
        return self.folder / name[:2] / name[2:4] / name


def _make_folder(folder: Path, root: Path) -> None:
    if folder.is_dir():
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The new folders' own names must survive a power cut too.
    for parent in (folder.parent, root):
        _sync_folder(parent)


def _write_through(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
