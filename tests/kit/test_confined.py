"""Another’s program: it ends in time, in little memory, and sees nothing of ours."""

import os
from pathlib import Path

import pytest

from mediane.kit import confined
from mediane.kit.confined import Absent, Failed, Limits, TooLong, run
from mediane.kit.processes import is_over

SHORT = Limits(seconds=20)


def test_what_it_says_comes_back(tmp_path: Path) -> None:
    assert run(("sh", "-c", "cat; pwd"), folder=tmp_path, limits=SHORT) == f"{tmp_path}\n".encode()


def test_it_sees_none_of_our_variables(tmp_path: Path) -> None:
    seen = run(("env",), folder=tmp_path, limits=SHORT).decode()
    assert {line.partition("=")[0] for line in seen.splitlines()} == {
        "PATH",
        "HOME",
        "TMPDIR",
        "LANG",
        "OMP_THREAD_LIMIT",
    }
    assert os.environ["SECRET_KEY"] not in seen


def test_it_says_that_it_failed_and_nothing_of_what_it_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Failed, match="ended with 3") as failed:
        run(("sh", "-c", "echo secret >&2; exit 3"), folder=tmp_path, limits=SHORT)
    assert failed.value.code == 3
    assert capfd.readouterr() == ("", "")


def test_a_program_that_is_not_here_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "PATH", str(tmp_path))
    with pytest.raises(Absent):
        run(("sh", "-c", "true"), folder=tmp_path, limits=SHORT)


def test_at_the_end_of_its_time_it_is_dead_with_its_children(tmp_path: Path) -> None:
    with pytest.raises(TooLong):
        run(
            ("sh", "-c", "sleep 600 & echo $! > child; wait"),
            folder=tmp_path,
            limits=Limits(seconds=1),
        )
    assert is_over(int((tmp_path / "child").read_text()), within=5)


def test_it_takes_no_more_memory_nor_disk_than_it_was_given(tmp_path: Path) -> None:
    greedy = "x = bytearray(400 * 1024 * 1024)"
    with pytest.raises(Failed):
        run(("python3", "-c", greedy), folder=tmp_path, limits=Limits(seconds=20, memory=200 * 1024**2))
    with pytest.raises(Failed):
        run(
            ("sh", "-c", "head -c 5000000 /dev/zero > big"),
            folder=tmp_path,
            limits=Limits(seconds=20, file=1_000_000),
        )
    assert (tmp_path / "big").stat().st_size <= 1_000_000
