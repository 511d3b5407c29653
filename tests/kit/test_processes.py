import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mediane.kit.processes import Crashing, Program, Supervision, is_over

FOR_EVER = (sys.executable, "-c", "import signal; signal.pause()")


@pytest.fixture
def supervision() -> Iterator[Supervision]:
    running = Supervision()
    yield running
    running.stop()


def test_a_killed_program_is_started_again(supervision: Supervision, tmp_path: Path) -> None:
    program = Program("veilleur", FOR_EVER, tmp_path / "log")
    supervision.start(program)
    first = program.pid
    os.kill(first, signal.SIGKILL)

    supervision.watch(until=lambda: program.pid != first)

    assert not is_over(program.pid)


def test_its_orphans_go_before_it_comes_back(supervision: Supervision, tmp_path: Path) -> None:
    with_a_child = f"{sys.executable} -c 'import signal; signal.pause()' & echo $!; wait"
    program = Program("parent", ("sh", "-c", with_a_child), tmp_path / "log")
    supervision.start(program)
    supervision.watch(until=lambda: bool((tmp_path / "log").read_text()))
    child = int((tmp_path / "log").read_text())
    first = program.pid
    os.kill(first, signal.SIGKILL)

    supervision.watch(until=lambda: program.pid != first)

    assert is_over(child, within=2)


def test_one_that_only_crashes_stops_all_with_its_last_words(
    supervision: Supervision, tmp_path: Path
) -> None:
    program = Program("fragile", ("sh", "-c", "echo raté; exit 3"), tmp_path / "log")
    supervision.start(program)

    with pytest.raises(Crashing, match=r"«\u00a0fragile\u00a0» s’arrête sans cesse(.|\n)*raté"):
        supervision.watch(until=lambda: False)


def test_one_that_will_not_stop_is_killed_in_time(tmp_path: Path) -> None:
    deaf = "import signal as s; s.signal(s.SIGTERM, s.SIG_IGN); print('sourd', flush=True); s.pause()"
    program = Program("sourd", (sys.executable, "-c", deaf), tmp_path / "log")
    supervision = Supervision()
    supervision.start(program)
    supervision.watch(until=lambda: bool((tmp_path / "log").read_text()))
    began = time.monotonic()

    supervision.stop()

    assert is_over(program.pid)
    assert time.monotonic() - began < 5


def test_no_program_outlives_a_killed_supervisor(tmp_path: Path) -> None:
    code = (
        "import pathlib, sys; from mediane.kit.processes import Program, Supervision; s = Supervision();"
        f"p = Program('veilleur', {FOR_EVER!r}, pathlib.Path({str(tmp_path / 'inner')!r})); s.start(p);"
        "print(p.pid, flush=True); s.watch(until=lambda: False)"
    )
    outer = Program("superviseur", (sys.executable, "-c", code), tmp_path / "log")
    holder = Supervision()
    holder.start(outer)
    holder.watch(until=lambda: (tmp_path / "log").read_text().endswith("\n"))
    inner = int((tmp_path / "log").read_text())
    os.kill(outer.pid, signal.SIGKILL)

    assert is_over(inner, within=3)
    holder.stop()


def test_one_that_needs_the_dead_is_started_again_with_it(supervision: Supervision, tmp_path: Path) -> None:
    base = Program("base", FOR_EVER, tmp_path / "base")
    client = Program("client", FOR_EVER, tmp_path / "client", needs="base")
    neighbour = Program("voisin", FOR_EVER, tmp_path / "voisin")
    for part in (base, client, neighbour):
        supervision.start(part)
    before = client.pid, neighbour.pid
    os.kill(base.pid, signal.SIGKILL)

    supervision.watch(until=lambda: client.pid != before[0])

    assert neighbour.pid == before[1]
