"""A real worker, killed in the middle of a job: the sweep gives the job back, and it is done once."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import connection, connections

from mediane.jobs import tasks
from mediane.jobs.tasks import ATTEMPTS
from mediane.kit import clock
from tests.cast import Cast
from tests.notifications.letterbox import free_port, receiving
from tests.stories import a_case


@pytest.fixture
def silent_mailbox() -> Iterator[socket.socket]:
    """A mail server that answers the telephone and never speaks."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        yield server


def environment(port: int) -> dict[str, str]:
    database = settings.DATABASES["default"]
    name = connections["default"].settings_dict["NAME"]
    url = f"postgresql://{database['USER']}@/{name}?host={quote(database['HOST'], safe='')}"
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "mediane.settings.demonstration",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def work_until_nothing_is_left(port: int) -> None:
    order = [sys.executable, "-m", "django", "procrastinate", "worker", "--one-shot"]
    subprocess.run(order, env=environment(port), check=True, timeout=120)


@pytest.mark.slow
def test_a_job_whose_worker_was_killed_is_done_by_the_next(
    committed: str, cast: Cast, silent_mailbox: socket.socket
) -> None:
    # Of today, so that no task of the hour has anything to do with it.
    a_case(cast.samira, clock.now())
    rows("DELETE FROM procrastinate_jobs WHERE task_name <> 'announce'")
    worker = subprocess.Popen(
        [sys.executable, "-m", "mediane", "worker"], env=environment(silent_mailbox.getsockname()[1])
    )
    try:
        # It has the job in hand: it telephones the mail server.
        silent_mailbox.accept()[0].close()
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert rows("SELECT status FROM procrastinate_jobs WHERE task_name = 'announce'") in (
        [("doing",)],
        [("todo",)],
    )
    rows("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    async_to_sync(tasks.retry_stalled.func)(timestamp=0)
    rows("DELETE FROM procrastinate_jobs WHERE task_name <> 'announce'")
    port = free_port()
    with receiving(port) as letterbox:
        work_until_nothing_is_left(port)
    assert rows("SELECT status FROM procrastinate_jobs WHERE task_name = 'announce'") == [("succeeded",)]
    assert [message["Subject"] for message in letterbox.messages] == ["Vous avez un message"]


# Fails at the very end of the transaction, after the verb has deferred its notice.
FAILS_AT_COMMIT = """
CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'never'; END $$;
CREATE CONSTRAINT TRIGGER never AFTER INSERT ON casework_step DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION never();
"""


@pytest.mark.slow
def test_a_job_that_fails_takes_back_the_jobs_it_deferred(committed: str, cast: Cast) -> None:
    a_case(cast.samira, clock.now() - timedelta(days=30))
    rows("DELETE FROM procrastinate_jobs")
    tasks.acknowledge_in_time.defer(timestamp=0)
    with connections["owner"].cursor() as cursor:
        cursor.execute(FAILS_AT_COMMIT)
    work_until_nothing_is_left(free_port())
    # Ours bears the hour 0: the worker may add those of the real hour.
    ours = "SELECT task_name, status, attempts FROM procrastinate_jobs WHERE args->>'timestamp' = '0'"
    assert rows(ours) == [("acknowledge_in_time", "todo", 1)]


def test_a_job_that_kills_its_workers_is_parked(committed: str, cast: Cast, at: datetime) -> None:
    a_case(cast.samira, at)
    rows(f"UPDATE procrastinate_jobs SET status = 'doing', attempts = {ATTEMPTS}, worker_id = NULL")
    async_to_sync(tasks.retry_stalled.func)(timestamp=0)
    assert {status for (status,) in rows("SELECT status FROM procrastinate_jobs")} == {"failed"}
