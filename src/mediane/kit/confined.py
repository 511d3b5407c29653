"""Another’s program at work on another’s file: little time, little memory, nothing of ours in sight."""

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PATH = "/usr/local/bin:/usr/bin:/bin"
OUTPUT = "output"


class Absent(Exception):
    """The program is not on this machine."""


class TooLong(Exception):
    """Stopped at the end of its time."""


class Failed(Exception):
    """It ended badly: its code, or minus the signal that stopped it."""

    def __init__(self, code: int) -> None:
        super().__init__(f"ended with {code}")
        self.code = code


@dataclass(frozen=True)
class Limits:
    """`memory` and `file` are bytes, for each process that it starts."""

    seconds: int
    memory: int = 2 * 1024**3
    file: int = 512 * 1024**2


def run(command: Sequence[str], *, folder: Path, limits: Limits) -> bytes:
    """Run it in a folder of its own, and return what it wrote on its output.

    :raises Absent: without such a program.
    :raises TooLong: after the time given, it and what it started being dead.
    :raises Failed: if it says so.
    """
    program = shutil.which(command[0], path=PATH)
    if program is None:
        raise Absent(command[0])
    with (folder / OUTPUT).open("wb") as output:
        process = subprocess.Popen(
            [*_bounds(limits), program, *command[1:]],
            cwd=folder,
            env=_surroundings(folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
            # It could quote what it reads.
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        code = process.wait(limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise TooLong(command[0]) from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if code:
        raise Failed(code)
    return (folder / OUTPUT).read_bytes()


def _bounds(limits: Limits) -> list[str]:
    """It dies with the thread that started it, gains no right, and lets the others pass."""
    return [
        *("setpriv", "--pdeathsig=KILL", "--no-new-privs", "--", "nice", "-n", "10", "prlimit"),
        *(f"--as={limits.memory}", f"--cpu={limits.seconds}", f"--fsize={limits.file}", "--core=0", "--"),
    ]


def _surroundings(folder: Path) -> dict[str, str]:
    """No variable of ours: secrets may be among them."""
    return {
        "PATH": PATH,
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
    }
