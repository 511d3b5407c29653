import argparse
import fcntl
import socket
import stat
from pathlib import Path

import pytest

from mediane.__main__ import SUBCOMMANDS, main
from mediane.command import demo, surroundings
from mediane.command.obstacles import Obstacle


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_each_subcommand_explains_itself_in_french(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])

    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert "affiche cette aide" in said
    assert "show this help" not in said


def test_what_is_missing_is_said_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["createagent"])

    assert ended.value.code == 2
    assert "Il manque\u00a0: --email, --name, --organisation, --role" in capsys.readouterr().err


def test_a_port_already_taken_is_said_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "TIME_TO_CLOSE", 0.0)
    with socket.socket() as other:
        other.bind((demo.HOST, 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(Obstacle, match=f"Le port {port} est déjà pris.*make demo PORT={port + 1}"):
            demo._check_port(port)


def test_two_demonstrations_do_not_share_a_folder(tmp_path: Path) -> None:
    with (tmp_path / "lock").open("w") as first, (tmp_path / "lock").open("w") as second:
        fcntl.flock(first, fcntl.LOCK_EX)

        with pytest.raises(Obstacle, match="tourne déjà dans"):
            demo._hold(second.fileno(), tmp_path)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "huit", ""])
def test_a_port_is_a_number_that_exists(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        demo._port(text)


def test_keys_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    first = surroundings._kept(tmp_path / "key", "un")
    second = surroundings._kept(tmp_path / "key", "deux")

    assert first.read_text() == second.read_text() == "un"
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
