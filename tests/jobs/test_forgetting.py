"""What nobody needs any more goes by itself, and nothing else."""

import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from PIL import Image

from mediane.documents.actions import deposit
from mediane.documents.models import Document
from mediane.documents.queries import blobs, content
from mediane.jobs import tasks
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_draft


@pytest.fixture
def picture() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (40, 40), "white").save(drawn, "PNG")
    return drawn.getvalue()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def written_yesterday(name: str) -> None:
    path = blobs().folder / name[:2] / name[2:4] / name
    os.utime(path, (0, (datetime.now(UTC) - timedelta(hours=25)).timestamp()))


def a_document(cast: Cast, at: datetime, data: bytes) -> Document:
    draft = a_draft(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        by = cast.samira.as_actor()
        return deposit(name="avis.png", data=data, position=1, key=draft.key, by=by, at=at)


def test_a_file_that_no_row_names_goes_after_a_day(cast: Cast, at: datetime, picture: bytes) -> None:
    kept = a_document(cast, at, picture)
    stray, fresh = blobs().write(b"stray"), blobs().write(b"fresh")
    for name in (kept.blob, stray):
        written_yesterday(name)
    tasks.forget_stray_files(0)
    assert blobs().written_before(datetime.now(UTC) + timedelta(hours=1)) == {kept.blob, fresh}
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        assert content(kept)


def test_beside_a_database_that_knows_none_of_them_no_file_goes(cast: Cast) -> None:
    stray = blobs().write(b"another house")
    written_yesterday(stray)
    tasks.forget_stray_files(0)
    assert blobs().read(stray)


def test_ended_sessions_go(cast: Cast) -> None:
    for key, days in (("ended", -1), ("running", 1)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=datetime.now(UTC) + timedelta(days=days)
        )
    tasks.forget_sessions(0)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["running"]
