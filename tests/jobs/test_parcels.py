"""What goes between two Cafs by jobs, each in the context of one of them."""

from datetime import timedelta

import pytest
from django.db import connection

from mediane.casework.models import Case
from mediane.jobs.parcels import forget_stray_parcels, pack_parcel, send_waiting_parcels, take_in_parcel
from mediane.kit import clock, rowsecurity
from mediane.transfers import actions, queries
from mediane.transfers.models import Parcel
from mediane.transfers.states import Stage
from tests.cast import Cast
from tests.stories import a_case
from tests.transfers.moving import packed, sent

pytestmark = pytest.mark.django_db


def waiting() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, (args->>'organisation_id')::bigint FROM procrastinate_jobs"
            " WHERE task_name IN ('pack_parcel', 'take_in_parcel') ORDER BY id"
        )
        return cursor.fetchall()


def test_a_parcel_is_packed_by_one_caf_then_taken_in_by_the_other(cast: Cast) -> None:
    now = clock.now()
    parcel = sent(a_case(cast.samira, now), cast, now)
    pack_parcel(organisation_id=cast.paris.pk, parcel_id=parcel.pk)
    take_in_parcel(organisation_id=cast.tarn.pk, parcel_id=parcel.pk)
    take_in_parcel(organisation_id=cast.tarn.pk, parcel_id=parcel.pk)
    assert waiting() == [("pack_parcel", cast.paris.pk), ("take_in_parcel", cast.tarn.pk)]
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert Case.objects.get().origin == "TRANSFER"


def test_what_a_lost_job_left_on_the_way_goes_on(cast: Cast) -> None:
    now = clock.now() - timedelta(hours=2)
    sent(a_case(cast.samira, now), cast, now)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'pack_parcel'")
    send_waiting_parcels(0)
    assert waiting() == [("pack_parcel", cast.paris.pk)]


class Breaks(Exception):
    """Of a kind nobody foresaw."""


def test_one_that_never_passes_is_given_up_and_swept_no_more(cast: Cast, monkeypatch) -> None:
    now = clock.now() - timedelta(days=3)
    parcel = packed(a_case(cast.samira, now), cast, now)

    def take_in(**_: object) -> None:
        raise Breaks

    monkeypatch.setattr(actions, "take_in", take_in)
    job = {"organisation_id": cast.tarn.pk, "parcel_id": parcel.pk}
    for _ in range(8):
        with pytest.raises(Breaks):
            take_in_parcel(**job)
    take_in_parcel(**job)
    before = waiting()
    send_waiting_parcels(0)
    assert waiting() == before
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Parcel.objects.get().stage is Stage.FAILED


def test_one_whose_job_waits_for_its_next_try_is_not_swept(cast: Cast, monkeypatch) -> None:
    sent_at = clock.now() - timedelta(hours=2)
    parcel = packed(a_case(cast.samira, sent_at), cast, sent_at)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        actions.count_try(parcel=parcel, is_packed=True, at=clock.now() - timedelta(hours=1))
    before = waiting()
    send_waiting_parcels(0)
    assert waiting() == before
    later = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    send_waiting_parcels(0)
    assert waiting() == [*before, ("take_in_parcel", cast.tarn.pk)]


def test_files_that_no_parcel_names_are_forgotten_after_a_day(settings, tmp_path, monkeypatch) -> None:
    settings.DATA = tmp_path
    named = queries.blobs().write(b"named")
    monkeypatch.setattr(queries, "named_by_rows", lambda caf: {named})
    name = queries.blobs().write(b"stray")
    forget_stray_parcels(0)
    assert queries.blobs().read(name) == b"stray"
    tomorrow = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    forget_stray_parcels(0)
    assert queries.blobs().written_before(tomorrow) == {named}


def test_files_beside_a_database_that_knows_none_of_them_are_left(settings, tmp_path, monkeypatch) -> None:
    settings.DATA = tmp_path
    name = queries.blobs().write(b"of another database")
    tomorrow = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    forget_stray_parcels(0)
    assert queries.blobs().read(name) == b"of another database"
