"""Another’s program: it ends in time, in little memory, and sees nothing of ours."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from mediane.kit import confined
from mediane.kit.confined import Absent, Failed, Limits, NoWalls, TooLong, can_wall, made, run

SHORT = Limits(seconds=20)
walled = pytest.mark.skipif(
    not can_wall(), reason="no bubblewrap here, or a kernel that forbids user namespaces: nothing shuts in"
)


def test_what_it_says_comes_back(tmp_path: Path) -> None:
    assert run(("sh", "-c", "cat; pwd"), folder=tmp_path, limits=SHORT) == f"{tmp_path}\n".encode()


def test_it_sees_none_of_our_variables(tmp_path: Path) -> None:
    seen = run(("env",), folder=tmp_path, limits=SHORT).decode()
    assert {line.partition("=")[0] for line in seen.splitlines()} == {
        "PATH",
        "HOME",
        "PWD",
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
            ("sh", "-c", "flock held sleep 600 & wait"),
            folder=tmp_path,
            limits=Limits(seconds=1),
        )
    # Within walls its number is nobody’s outside: what it held tells that it is gone.
    assert (tmp_path / "held").exists()
    subprocess.run(["flock", "--wait", "5", tmp_path / "held", "true"], check=True)


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


@walled
def test_within_walls_it_sees_neither_our_files_nor_our_programs(tmp_path: Path) -> None:
    folder, keys = tmp_path / "job", tmp_path / "sealing_keys"
    folder.mkdir()
    keys.write_text("secret")
    look = f"cat {keys}; ls /proc/1 /home /root /run /var/log /etc/passwd; ls {tmp_path}"
    seen = run(("sh", "-c", f"{look}; true"), folder=folder, limits=SHORT, only_walled=True)
    assert seen == b"job\n"


@walled
def test_within_walls_it_writes_in_its_folder_only(tmp_path: Path) -> None:
    tried = f"touch /usr/bin/mine && echo usr; touch {Path(confined.__file__).parent}/mine && echo code"
    word = "touch here && echo here"
    assert run(("sh", "-c", f"{tried}; {word}"), folder=tmp_path, limits=SHORT) == b"here\n"
    assert (tmp_path / "here").exists()


@walled
def test_within_walls_there_is_no_network_not_even_this_machine_s(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        call = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        with pytest.raises(Failed):
            run((sys.executable, "-I", "-c", call), folder=tmp_path, limits=SHORT)
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()


def test_without_walls_what_wants_them_does_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "can_wall", lambda: False)
    with pytest.raises(NoWalls):
        run(("touch", "mine"), folder=tmp_path, limits=SHORT, only_walled=True)
    assert list(tmp_path.iterdir()) == []
    assert run(("echo", "all the same"), folder=tmp_path, limits=SHORT) == b"all the same\n"


def test_a_kernel_that_forbids_walls_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "WALLS", (*confined.WALLS, "--no-such-wall"))
    assert not can_wall()
    monkeypatch.setattr(confined, "PATH", str(tmp_path))
    assert not can_wall()


@pytest.mark.parametrize(
    "trick", ["ln -s {keys} said", "mkfifo said", "mkdir said", "echo too much > said", ""]
)
def test_what_it_leaves_is_never_followed_elsewhere(tmp_path: Path, trick: str) -> None:
    keys = tmp_path / "keys"
    keys.write_text("secret")
    run(("sh", "-c", trick.format(keys=keys)), folder=tmp_path, limits=SHORT)
    with pytest.raises(Failed):
        made(tmp_path / "said", most=6)


def test_its_output_is_the_one_it_was_given(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("secret")
    trick = "echo said; rm output; ln -s keys output"
    assert run(("sh", "-c", trick), folder=tmp_path, limits=SHORT) == b"said\n"
