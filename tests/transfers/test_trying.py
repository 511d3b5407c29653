"""A parcel that does not pass stops, says why, and is tried again by whoever asks."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.documents.models import Document
from mediane.integrations.demonstration.papers import sheet
from mediane.kit import rowsecurity
from mediane.referrals import actions as referrals
from mediane.transfers import actions, queries
from mediane.transfers.actions.trying import MOST_TRIES
from mediane.transfers.models import Parcel
from mediane.transfers.rules import contents
from mediane.transfers.states import Stage, Stopped
from tests.cast import Cast
from tests.stories import a_case, a_draft
from tests.transfers.moving import packed, sent, taken_in

LATER = timedelta(days=5)


@pytest.fixture
def case(cast: Cast, at: datetime, settings, tmp_path: Path) -> Case:
    """With a file."""
    settings.DATA = tmp_path
    draft = a_draft(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        referrals.join(draft=draft, name="Bail.pdf", data=sheet("Bail.pdf"), by=cast.samira.as_actor(), at=at)
        return casework.receive(draft=draft, by=cast.samira.as_actor(), at=at)


def now(parcel: Parcel, caf: int) -> Parcel:
    with rowsecurity.working_for(rowsecurity.staff(caf)):
        return Parcel.objects.get(pk=parcel.pk)


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def on_the_way(parcel: Parcel, tmp_path: Path) -> Path:
    return next(path for path in files(tmp_path) if path.name == parcel.blobs[0])


@pytest.mark.parametrize("harm", [damage, Path.unlink])
def test_a_file_that_does_not_open_stops_it_at_once_and_leaves_nothing(
    cast: Cast, at: datetime, case: Case, tmp_path: Path, harm
) -> None:
    parcel = packed(case, cast, at + LATER)
    harm(on_the_way(parcel, tmp_path))
    before = files(tmp_path)
    assert taken_in(parcel, cast, at + LATER) is None
    stopped = now(parcel, cast.tarn.pk)
    assert (stopped.stage, stopped.stopped) == (Stage.FAILED, Stopped.DAMAGED)
    assert files(tmp_path) == before
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert Case.objects.count() == 0


def test_contents_of_another_version_stop_it_too(cast: Cast, at: datetime, case: Case, monkeypatch) -> None:
    monkeypatch.setattr("mediane.transfers.actions.leaving.written", lambda inside: b'{"reference": "x"}')
    parcel = packed(case, cast, at + LATER)
    assert taken_in(parcel, cast, at + LATER) is None
    assert now(parcel, cast.tarn.pk).stopped == Stopped.DAMAGED
    with pytest.raises(contents.Unreadable):
        contents.read(b"[]")


def test_its_sender_fills_it_anew_and_it_arrives(
    cast: Cast, at: datetime, case: Case, tmp_path: Path, django_capture_on_commit_callbacks
) -> None:
    parcel = packed(case, cast, at + LATER)
    harmed = on_the_way(parcel, tmp_path)
    damage(harmed)
    taken_in(parcel, cast, at + LATER)
    with django_capture_on_commit_callbacks(execute=True):
        with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
            actions.try_again(parcel=now(parcel, cast.paris.pk), by=cast.nadia, at=at + LATER)
    assert not harmed.exists()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.pack(parcel=Parcel.objects.get(pk=parcel.pk), at=at + LATER)
    assert taken_in(parcel, cast, at + LATER) is not None
    assert now(parcel, cast.tarn.pk).stage is Stage.TAKEN_IN


def test_a_file_its_sender_cannot_open_stops_it_there_without_strays(
    cast: Cast, at: datetime, case: Case, tmp_path: Path
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        name = Document.objects.get().blob
    own = next(path for path in files(tmp_path) if path.name == name)
    kept = own.read_bytes()
    damage(own)
    before = files(tmp_path)
    parcel = packed(case, cast, at + LATER)
    failed = now(parcel, cast.paris.pk)
    assert (failed.stopped, failed.packed_at, failed.blobs) == (Stopped.DAMAGED, None, [])
    assert files(tmp_path) == before
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        with pytest.raises(actions.NotWaiting, match="la Caf qui l’envoie"):
            actions.try_again(parcel=failed, by=cast.remi, at=at + LATER)
    own.write_bytes(kept)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.try_again(parcel=failed, by=cast.nadia, at=at + LATER)
        actions.pack(parcel=failed, at=at + LATER)
    assert taken_in(parcel, cast, at + LATER) is not None


def test_what_fails_later_leaves_no_file_on_the_way(
    cast: Cast, at: datetime, case: Case, tmp_path: Path, monkeypatch
) -> None:
    parcel = sent(case, cast, at + LATER)
    before = files(tmp_path)
    monkeypatch.setattr("mediane.transfers.actions.leaving.record", lambda **_: 1 / 0)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)), pytest.raises(ZeroDivisionError):
        actions.pack(parcel=parcel, at=at + LATER)
    assert files(tmp_path) == before


def test_tries_end_and_the_last_one_may_still_pass(cast: Cast, at: datetime) -> None:
    parcel = packed(a_case(cast.samira, at), cast, at + LATER)
    counted = []
    for _ in range(MOST_TRIES + 1):
        with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
            counted.append(actions.count_try(parcel=parcel, is_packed=True, at=at + LATER))
    assert counted == [True] * MOST_TRIES + [False]
    assert now(parcel, cast.tarn.pk).stopped == Stopped.TRIED
    assert taken_in(parcel, cast, at + LATER) is not None
    assert now(parcel, cast.tarn.pk).stage is Stage.TAKEN_IN


def test_either_caf_asks_again_once_and_nobody_else(cast: Cast, at: datetime) -> None:
    parcel = packed(a_case(cast.samira, at), cast, at + LATER)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        with pytest.raises(actions.NotWaiting):
            actions.try_again(parcel=parcel, by=cast.remi, at=at)
        Parcel.objects.filter(pk=parcel.pk).update(stopped=Stopped.TRIED, tries=8)
        with pytest.raises(PermissionDenied):
            actions.try_again(parcel=parcel, by=cast.samira.as_actor(), at=at)
        actions.try_again(parcel=parcel, by=cast.remi, at=at)
        with pytest.raises(actions.NotWaiting):
            actions.try_again(parcel=parcel, by=cast.remi, at=at)
    tried = now(parcel, cast.paris.pk)
    assert (tried.stage, tried.tries, tried.tried_at) == (Stage.PACKED, 0, None)
    assert queries.contents_of(tried)


@pytest.mark.parametrize(
    ("caf", "change"),
    [
        ("paris", "packed_at = NULL, sealed = NULL"),
        ("paris", "stopped = 'damaged'"),
        ("paris", "tries = 0"),
        ("tarn", "packed_at = NULL, stopped = ''"),
    ],
)
def test_what_is_on_its_way_is_taken_back_by_nobody(cast: Cast, at: datetime, caf: str, change: str) -> None:
    parcel = packed(a_case(cast.samira, at), cast, at + LATER)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        Parcel.objects.filter(pk=parcel.pk).update(tries=3)
    with pytest.raises(DatabaseError, match="one way"):
        with rowsecurity.working_for(rowsecurity.staff(getattr(cast, caf).pk)):
            with connection.cursor() as cursor:
                cursor.execute(f"UPDATE transfers_parcel SET {change} WHERE id = {parcel.pk}")
