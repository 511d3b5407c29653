"""What the days that pass do to appointments and call-backs."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection

from mediane.callbacks import actions as callbacks
from mediane.callbacks.models import CallbackRequest
from mediane.callbacks.states import Move
from mediane.casework import actions as casework
from mediane.casework.models import Appointment
from mediane.casework.rules.meetings import Meeting
from mediane.casework.states import Way
from mediane.jobs import meetings
from mediane.kit import clock, rowsecurity
from mediane.notifications import queries
from tests.callbacks.asking import asked
from tests.cast import Cast
from tests.stories import a_studied_case

DAY = timedelta(days=1)


def planned(cast: Cast, now: datetime) -> Appointment:
    case = a_studied_case(cast.samira, cast.claire, now - 6 * DAY)
    meeting = Meeting(way=Way.PHONE, starts_at=now + DAY, place="06 39 98 41 27")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return casework.set_appointment(case=case, meeting=meeting, by=cast.nadia, at=now - 2 * DAY)


def test_a_reminder_leaves_once_however_often_its_job_runs(cast: Cast, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    appointment = planned(cast, clock.now())
    for _ in range(2):
        meetings.remind(organisation_id=cast.paris.pk, appointment_id=appointment.pk)
    meetings.remind(organisation_id=cast.paris.pk, appointment_id=0)
    assert [message.subject for message in mail.outbox] == ["Vous avez un rappel"]


def test_the_round_queues_a_job_for_each(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "REMINDING_HOURS", range(24))
    appointment = planned(cast, clock.now())
    meetings.remind_of_tomorrow(0)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args->>'appointment_id')::bigint FROM procrastinate_jobs WHERE task_name = 'remind'"
        )
        assert cursor.fetchall() == [(appointment.pk,)]


def test_whoever_was_called_is_forgotten_when_the_day_comes(cast: Cast) -> None:
    now = clock.now()
    for handled_at in (now - 31 * DAY, now):
        key = asked(cast.paris, handled_at, near="192.0.2.7")
        with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
            for move in (Move.TAKE, Move.CALL):
                callbacks.handle(pk=key, move=move, by=cast.nadia, at=handled_at)
    meetings.forget_callbacks(0)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert [request.pk for request in CallbackRequest.objects.all()] == [key]
