"""Keep a few programs running together: start, watch, start again, stop.

A program dies with the process that started it (even by kill -9), and takes its own children along.
"""

import os
import select
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

TIED = ("setpriv", "--pdeathsig=TERM", "--")
DEATHS_ALLOWED, WITHIN = 5, 30.0  # seconds
TIME_TO_STOP = 3.0  # seconds, for all of them together
LAST_LINES = 12


class Part(Protocol):
    """Something that runs, and can be started again under the same name."""

    name: str
    log: Path
    needs: str  # the part whose death it does not outlive; empty when it copes

    @property
    def pid(self) -> int: ...

    def start(self) -> None: ...

    def dismiss(self) -> None:
        """Ask it to stop, without waiting."""

    def stop(self, *, limit: float) -> None:
        """See it stopped by this instant of the monotonic clock, by force if need be."""


class Crashing(Exception):
    """A part dies again and again: one French sentence and the last lines of its log."""

    def __init__(self, part: Part) -> None:
        lines = part.log.read_text(errors="replace").splitlines() if part.log.exists() else []
        super().__init__(
            f"«\u00a0{part.name}\u00a0» s’arrête sans cesse\u00a0; tout est donc arrêté. "
            f"Son journal est dans {part.log}\u00a0:\n" + "\n".join(lines[-LAST_LINES:])
        )


@dataclass
class Program:
    """A command in a process group of its own, writing to its log."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] | None = None
    needs: str = ""
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def pid(self) -> int:
        return self.process.pid if self.process else 0

    def start(self) -> None:
        self._kill_group()  # what a kill -9 left behind still holds the port
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*TIED, *self.command],
                env=self.environment,
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def dismiss(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def stop(self, *, limit: float) -> None:
        if self.process:
            is_over(self.pid, within=max(0.0, limit - time.monotonic()))
        self._kill_group()

    def _kill_group(self) -> None:
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        if _exists(-self.pid):
            os.kill(-self.pid, signal.SIGKILL)


@dataclass
class Supervision:
    """Parts in the order in which they need one another. To use from the main thread."""

    started: list[Part] = field(default_factory=list)
    deaths: dict[str, deque[float]] = field(default_factory=dict)

    def start(self, part: Part) -> None:
        part.start()
        self.started.append(part)

    def watch(self, *, until: Callable[[], bool]) -> None:
        """Start again whatever dies.

        :raises Crashing: if a part does nothing else.
        """
        while not until():
            if not _one_is_over([part.pid for part in self.started], within=0.25):
                continue
            again: set[str] = set()
            for part in self.started:
                is_dead = is_over(part.pid)
                if is_dead:
                    self._count_death(part)
                if is_dead or part.needs in again:
                    part.start()
                    again.add(part.name)

    def stop(self) -> None:
        """All are asked at once, then seen off in turn, the last started first."""
        limit = time.monotonic() + TIME_TO_STOP
        for part in reversed(self.started):
            part.dismiss()
        while self.started:
            self.started.pop().stop(limit=limit)

    def _count_death(self, part: Part) -> None:
        deaths = self.deaths.setdefault(part.name, deque(maxlen=DEATHS_ALLOWED))
        deaths.append(time.monotonic())
        if len(deaths) == DEATHS_ALLOWED and deaths[-1] - deaths[0] < WITHIN:
            raise Crashing(part)


def is_over(pid: int, *, within: float = 0) -> bool:
    return _one_is_over([pid], within=within)


def _one_is_over(pids: Sequence[int], *, within: float) -> bool:
    """Wait for the end of any of these processes, dead already or dying now."""
    watched: list[int] = []
    try:
        for pid in pids:
            watched.append(os.pidfd_open(pid))  # noqa: PERF401 (one refused must not lose the others)
        return bool(select.select(watched, [], [], within)[0])
    except ProcessLookupError:
        return True
    finally:
        for descriptor in watched:
            os.close(descriptor)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
