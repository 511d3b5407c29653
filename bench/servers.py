"""The product and the bare application, each behind granian with two workers; and what they consume."""

import http.client
import os
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.browser import HOST
from mediane.command import surroundings
from mediane.kit.processes import Program

WORKERS = 2
LONGEST_START = 60.0  # seconds
BARE = (
    f"bench.bare:application --interface wsgi --workers {WORKERS} --blocking-threads 4 --no-ws --host {HOST}"
)


@dataclass
class Running:
    program: Program
    port: int
    started_in: float  # seconds

    def stop(self) -> None:
        self.program.dismiss()
        self.program.stop(limit=time.monotonic() + 5)

    def workers(self) -> list[int]:
        return [child for child in _descendants(self.program.pid) if child != self.program.pid]

    def cpu(self) -> float:
        """Seconds of processor used so far by the workers, all threads."""
        return sum(_cpu(pid) for pid in self.workers())

    def memory(self) -> float:
        """Megabytes of a worker that nobody shares with it, the largest of them."""
        return max(_pss(pid) for pid in self.workers())


def product(folder: Path) -> Running:
    port = free_port()
    return _run(
        "produit", [sys.executable, "-m", "mediane", "serve", "--port", str(port)], port, "/etat/", folder
    )


def bare(folder: Path, *, plan: Path, database_url: str) -> Running:
    port = free_port()
    surroundings.force(BENCH_PLAN=str(plan), BENCH_DATABASE_URL=database_url)
    granian = str(Path(sys.executable).with_name("granian"))
    return _run("nu", [granian, *BARE.split(), "--port", str(port)], port, "/enter/", folder)


def _run(name: str, command: list[str], port: int, path: str, folder: Path) -> Running:
    program = Program(name, command, folder / f"{name}.log", surroundings.inherited())
    began = time.monotonic()
    program.start()
    while not _answers(port, path):
        if time.monotonic() - began > LONGEST_START or (
            program.process and program.process.poll() is not None
        ):
            raise RuntimeError(program.log.read_text()[-2000:])
    return Running(program, port, time.monotonic() - began)


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        number: int = probe.getsockname()[1]
    return number


def _descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _descendants(int(child)))]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _pss(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
