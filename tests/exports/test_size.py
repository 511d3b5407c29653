"""A hundred thousand cases: little memory, and a worker killed on the way loses one piece at most."""

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings as configured
from django.db import connections

from mediane.exports import actions
from mediane.exports.models import Export
from mediane.exports.states import Format, State
from mediane.kit import clock, rowsecurity
from mediane.kit.cluster import SUPERUSER
from mediane.kit.spreadsheet import read
from tests.cast import Cast
from tests.stories import a_case

NUMBER = 100_000
MOST_MEMORY = 200 * 1024  # kilobytes, as the system counts
# Says each piece, then how much memory it took at most: of itself, where getrusage would count who began it.
WORKER = """
import sys, django
django.setup()
from mediane.exports import actions
from mediane.jobs.exports import make_export
first = actions.go_on
def go_on(**given):
    remains = first(**given)
    print("piece", flush=True)
    return remains
actions.go_on = go_on
make_export(organisation_id=int(sys.argv[1]), export_id=int(sys.argv[2]))
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:")))
"""


@pytest.fixture
def many(committed: str, cast: Cast, at: datetime) -> None:
    """One case, told again and again."""
    case = a_case(cast.samira, at)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT * FROM casework_case LIMIT 0")
        columns = [column.name for column in cursor.description]
    made = {"id": "id + n", "referral_id": "-n", "reference": "'T' || lpad(n::text, 8, '0')"}
    words = ", ".join(made.get(name, f'"{name}"') for name in columns)
    host = configured.DATABASES["owner"]["HOST"]
    with psycopg.connect(dbname=committed, host=host, user=SUPERUSER) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            f"INSERT INTO casework_case SELECT {words} FROM casework_case, generate_series(1, {NUMBER - 1}) n"
            f" WHERE id = {case.pk}"
        )


def worker(export: Export, folder: Path) -> subprocess.Popen:
    database = configured.DATABASES["default"]
    name = connections["default"].settings_dict["NAME"]
    url = f"postgresql://{database['USER']}@/{name}?host={quote(database['HOST'], safe='')}"
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "mediane.settings.base",
        "SECRET_KEY": configured.SECRET_KEY,
        "MEDIANE_SEALING_KEYS": configured.SEALING_KEYS,
        "MEDIANE_DATA": str(folder),
        "MEDIANE_SCRATCH": str(folder),
    }
    order = [sys.executable, "-c", WORKER, str(export.organisation_id), str(export.pk)]
    return subprocess.Popen(order, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
@pytest.mark.parametrize("made_as", [Format.XLSX, Format.CSV])
def test_a_hundred_thousand_cases_in_little_memory_after_a_killed_worker(
    made_as: Format,
    many: None,
    cast: Cast,
    at: datetime,
    settings,
    tmp_path: Path,
    capsys: pytest.CaptureFixture,
) -> None:
    settings.DATA = tmp_path
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        export = actions.ask(year=2026, made_as=made_as, because="Bilan", by=cast.nadia, at=at)
        actions.approve(export=export, words="", by=cast.claire, at=at)
    killed = worker(export, tmp_path)
    for _ in range(5):
        assert killed.stdout.readline() == "piece\n"
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        export.refresh_from_db()
    # The last one heard of may not have been committed.
    assert 4 * actions.LINES_A_PIECE <= export.done < NUMBER
    told = worker(export, tmp_path).communicate(timeout=300)[0].split()
    assert told.count("piece") == (NUMBER - export.done) // actions.LINES_A_PIECE + 1
    with capsys.disabled():
        print(f"\n{made_as}: {int(told[-1]) / 1024:.0f} MB for {NUMBER} cases", end="")  # noqa: T201 — the measure
    assert int(told[-1]) < MOST_MEMORY
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        export.refresh_from_db()
        assert (export.state, export.lines) == (State.READY, NUMBER)
        data = b"".join(actions.take_away(export=export, by=cast.nadia, at=clock.now()))
    if format == Format.CSV:
        lines = read(data, most=NUMBER + 1)
        assert len({line[0] for line in lines}) == NUMBER + 1
    else:
        assert len(data) == export.size
