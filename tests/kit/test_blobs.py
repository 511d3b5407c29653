import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mediane.kit.blobs import Blobs, NoSpace, StrangeName

LIMITED = """
import resource, sys
from pathlib import Path
from mediane.kit.blobs import Blobs, NoSpace
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    Blobs(Path(sys.argv[1])).write(bytes(5000))
except NoSpace as refusal:
    sys.exit(0 if "la place manque" in refusal.sentence else 2)
sys.exit(1)
"""


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "files")
    names = {blobs.write(data): data for data in (b"", b"one", bytes(100_000), b"one")}
    assert len(names) == 4
    assert all(blobs.read(name) == data for name, data in names.items())


def test_only_the_owner_may_read_the_files(tmp_path: Path) -> None:
    Blobs(tmp_path / "files").write(b"sealed")
    (path,) = files_in(tmp_path)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_what_is_deleted_is_gone_and_may_be_deleted_again(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    name = blobs.write(b"sealed")
    blobs.delete(name)
    blobs.delete(name)
    assert files_in(tmp_path) == []
    with pytest.raises(FileNotFoundError):
        blobs.read(name)


@pytest.mark.parametrize(
    "name", ["", "../secret", "/etc/passwd", "A" * 32, "a" * 31, "a" * 33, "a" * 32 + "\n"]
)
def test_a_name_that_is_not_ours_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StrangeName):
        Blobs(tmp_path).read(name)
    with pytest.raises(StrangeName):
        Blobs(tmp_path).delete(name)


def test_a_file_that_does_not_fit_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", LIMITED, str(tmp_path)], check=False)
    assert ended.returncode == 0
    assert files_in(tmp_path) == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_found_full_at_the_last_moment_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoSpace):
        Blobs(tmp_path).write(b"sealed")
    assert files_in(tmp_path) == []


def test_another_failure_of_the_disk_is_not_dressed_as_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("not a folder")
    with pytest.raises(NotADirectoryError):
        Blobs(tmp_path / "files").write(b"sealed")
