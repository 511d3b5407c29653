"""The demonstration, loaded once for every test that reads it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mediane.integrations.demonstration import load
from mediane.organisations.queries import by_code, by_id
from tests.conftest import EMPTY, copy_of_the_database, work_in


@pytest.fixture(scope="session")
def demonstration(
    worker_id, tmp_path_factory, django_db_setup, django_db_blocker
) -> Iterator[tuple[str, Path]]:
    """The name of its database, and its folder."""
    name, folder = f"test_{worker_id}_demonstration", tmp_path_factory.mktemp("data")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        copy_of_the_database(name, of=EMPTY)
        work_in(name)
        patch.setattr("django.conf.settings.DATA", folder)
        load()
        _leave(worker_id)
    return name, folder


@pytest.fixture(scope="module")
def loaded(demonstration, worker_id, django_db_blocker) -> Iterator[None]:
    """Where the tests of a module read."""
    name, folder = demonstration
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        work_in(name)
        patch.setattr("django.conf.settings.DATA", folder)
        yield
        _leave(worker_id)


def _leave(worker_id: str) -> None:
    work_in(f"test_{worker_id}")
    for kept in (by_code, by_id):
        kept.cache_clear()
