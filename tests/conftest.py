"""The bench: one PostgreSQL of our own a run, one database a worker, everybody of the cast in it."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test import Client
from psycopg import sql
from pytest_django.plugin import blocking_manager_key

from mediane.kit import postgres, rowsecurity
from mediane.kit.cluster import SUPERUSER
from mediane.web import gate
from tests import cast as everybody
from tests.cast import Cast

FOLDER = Path(os.environ["MEDIANE_TEST_FOLDER"])
STARTED_FROM = "mediane"
EMPTY = "mediane_empty"
SERVER: pytest.StashKey[postgres.Server] = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    """Start the server in the main process, which outlives the parallel workers."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    binaries = os.environ.get("MEDIANE_TEST_POSTGRES")
    config.stash[SERVER] = postgres.start(
        FOLDER / "server", durable=False, binaries=Path(binaries) if binaries else None
    )
    with config.stash[blocking_manager_key].unblock():
        call_command("migrate", database="owner", verbosity=0)
        rowsecurity.grant()
        connections.close_all()
        copy_of_the_database(EMPTY)
        everybody.create()
        connections.close_all()


def pytest_unconfigure(config: pytest.Config) -> None:
    if SERVER in config.stash:
        config.stash[SERVER].stop()
        shutil.rmtree(FOLDER, ignore_errors=True)


def copy_of_the_database(name: str, *, of: str = STARTED_FROM) -> None:
    """A database like the one every test starts from; a tenth of a second."""
    host = settings.DATABASES["owner"]["HOST"]
    with psycopg.connect(dbname="postgres", host=host, user=SUPERUSER, autocommit=True) as connection:
        new, old, owner = map(sql.Identifier, (name, of, postgres.OWNER))
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(new))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(new, old, owner))


def work_in(name: str) -> None:
    connections.close_all()
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(worker_id: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with django_db_blocker.unblock():
        name = f"test_{worker_id}"
        copy_of_the_database(name)
        work_in(name)
        yield
        work_in(STARTED_FROM)


@pytest.fixture
def committed(
    request: pytest.FixtureRequest, worker_id: str, django_db_setup: None, django_db_blocker
) -> Iterator[str]:
    """A database where commits are real: for races, jobs and browsers."""
    with django_db_blocker.unblock():
        name = f"test_{worker_id}_committed"
        copy_of_the_database(name)
        work_in(name)
        yield name
        work_in(f"test_{worker_id}")


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> Cast:
    request.getfixturevalue("committed" if "committed" in request.fixturenames else "db")
    return everybody.call()


@pytest.fixture
def at() -> datetime:
    """9 November 2026, 14 h 41 in Paris: the moment at which stories begin."""
    return everybody.AT


@pytest.fixture(autouse=True)
def no_memory_between_tests() -> Iterator[None]:
    yield
    cache.clear()


class SignedIn(Client):
    """A browser of somebody of the cast."""

    def as_staff(self, actor: everybody.Actor) -> "SignedIn":
        return self._with(gate.MEMBER, [actor.id, actor.organisation_id])

    def as_person(self, beneficiary: everybody.Beneficiary) -> "SignedIn":
        return self._with(gate.PERSON, beneficiary.pk)

    def _with(self, key: str, value: object) -> "SignedIn":
        session = self.session
        session[key] = value
        session.save()
        self.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return self


@pytest.fixture
def browser(cast: Cast) -> SignedIn:
    """`browser.as_staff(cast.claire).get("/bureau/")`."""
    return SignedIn()
