"""The rounds of notices to the service: by the clock of each Caf, one job a member, twice the same."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.db import connection

from mediane.jobs import attendance
from mediane.kit import clock
from tests.attendance.away import away
from tests.attendance.test_notices import MORNING, answers
from tests.cast import Cast
from tests.stories import a_studied_case


def queued(name: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args->>'member')::bigint FROM procrastinate_jobs WHERE task_name = %s ORDER BY 1", [name]
        )
        return [member for (member,) in cursor.fetchall()]


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    return MORNING


def test_the_morning_queues_each_member_once_where_it_is_morning(
    cast: Cast, at: datetime, morning: datetime
) -> None:
    answers(a_studied_case(cast.samira, cast.nadia, at), cast, at)
    for _ in range(2):
        attendance.write_digests(0)
    members = (cast.claire, cast.nadia, cast.amine, cast.remi)
    assert queued("write_digest") == sorted(member.id for member in members)
    for _ in range(2):
        for member in members:
            attendance.write_digest(organisation_id=member.organisation_id, member=member.id)
    assert [message.to for message in mail.outbox] == [["nadia@caf.exemple"]]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    attendance.write_digests(0)
    assert queued("write_digest") == []


def test_nobody_is_queued_at_night(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 10, 1, tzinfo=UTC))
    attendance.write_digests(0)
    attendance.tell_colleagues(0)
    assert queued("write_digest") == queued("tell_colleague") == []


def test_what_is_said_at_once_leaves_once(cast: Cast, at: datetime, morning: datetime) -> None:
    away(cast.nadia, cast.amine, MORNING.date(), MORNING.date(), MORNING)
    for _ in range(2):
        attendance.tell_colleagues(0)
    assert queued("tell_colleague") == [cast.amine.id]
    for _ in range(2):
        attendance.tell_colleague(organisation_id=cast.paris.pk, member=cast.amine.id)
    assert [message.to for message in mail.outbox] == [["amine@caf.exemple"]]
