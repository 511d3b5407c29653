"""Another’s program at work on another’s file: little time, little memory, nothing of ours in sight.

Walls are bubblewrap’s, where it is installed and the kernel lets it: no network, no other process, no file
but the programs of the system and a folder of its own.
"""

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

PATH = "/usr/local/bin:/usr/bin:/bin"
OUTPUT = "output"
PREFIX = "mediane-"
PROBE = 10  # seconds
SYSTEM = (
    *("/usr", "/etc/alternatives", "/etc/fonts", "/etc/ghostscript", "/etc/ld.so.cache"),
    "/var/lib/ghostscript",
)
# Neither `--proc`, which a hardened unit forbids, nor anything of /home, /var, /run or the rest of /etc.
WALLS = (
    *("--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"),
    *("--die-with-parent", "--dev", "/dev", "--size", str(16 * 1024**2), "--tmpfs", "/tmp"),  # noqa: S108 — its own
    *(word for name in ("bin", "sbin", "lib", "lib64") for word in ("--symlink", f"usr/{name}", f"/{name}")),
)


class Absent(Exception):
    """The program is not on this machine."""


class NoWalls(Absent):
    """Nothing on this machine would keep it from our keys and from the network."""


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


@contextmanager
def workplace(place: Path, kind: str) -> Iterator[Path]:
    """A folder that goes with its work; those of programs that were killed go too."""
    for left in place.glob(f"{PREFIX}{kind}-*"):
        # Named by its process: one that was killed wiped nothing.
        if not Path("/proc", left.name.removeprefix(f"{PREFIX}{kind}-").partition("-")[0]).exists():
            shutil.rmtree(left, ignore_errors=True)
    prefix = f"{PREFIX}{kind}-{os.getpid()}-"
    with TemporaryDirectory(prefix=prefix, dir=place, ignore_cleanup_errors=True) as made:
        yield Path(made)


def run(command: Sequence[str], *, folder: Path, limits: Limits, only_walled: bool = False) -> bytes:
    """Run it in a folder of its own, and return what it wrote on its output.

    :raises Absent: without such a program.
    :raises NoWalls: if it runs within walls only, and there are none here.
    :raises TooLong: after the time given, it and what it started being dead.
    :raises Failed: if it says so.
    """
    program = shutil.which(command[0], path=PATH)
    if program is None:
        raise Absent(command[0])
    walls = _walls(program, folder) if can_wall() else []
    if only_walled and not walls:
        raise NoWalls(command[0])
    with (folder / OUTPUT).open("w+b") as output:
        process = subprocess.Popen(
            [*_bounds(limits), *walls, program, *command[1:]],
            cwd=folder,
            env=_surroundings(folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
            # It could quote what it reads.
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        _await(process, limits)
        # Not by its name: it could have put something else there.
        output.seek(0)
        return output.read()


def _await(process: subprocess.Popen[bytes], limits: Limits) -> None:
    try:
        code = process.wait(limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise TooLong from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if code:
        raise Failed(code)


def made(file: Path, *, most: int) -> bytes:
    """What a program left in its folder, never followed elsewhere.

    :raises Failed: if it is no plain file, or is larger.
    """
    try:
        with open(file, "rb", opener=_own) as opened:
            known = os.fstat(opened.fileno())
            if not stat.S_ISREG(known.st_mode) or known.st_size > most:
                raise Failed(0)
            return opened.read(most)
    except OSError as error:
        raise Failed(0) from error


def _own(path: str, flags: int) -> int:
    """A link would lead to our files, a pipe would make us wait."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def can_wall() -> bool:
    """Asked each time: bubblewrap may be installed meanwhile, and some kernels forbid it."""
    if shutil.which("bwrap", path=PATH) is None:
        return False
    tried = subprocess.run(
        [*("timeout", str(PROBE), "bwrap"), *WALLS, *("--ro-bind", "/usr", "/usr", "true")],
        env={"PATH": PATH},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0


def _walls(program: str, folder: Path) -> list[str]:
    """The words before a program that shut it in; our own code is read by our own readers only."""
    own = (sys.prefix, sys.base_prefix, str(Path(__file__).parents[1])) if program == sys.executable else ()
    seen = [word for place in (*SYSTEM, *own) for word in ("--ro-bind-try", place, place)]
    return ["bwrap", *WALLS, *seen, "--bind", str(folder), str(folder), "--chdir", str(folder), "--"]


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
        "PWD": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
    }
