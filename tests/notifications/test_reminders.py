"""The day before an appointment: something awaits, and nothing of what."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mediane.casework import actions as casework
from mediane.casework.models import Appointment, Case
from mediane.casework.rules.meetings import Meeting
from mediane.casework.states import AppointmentState, Way
from mediane.kit import rowsecurity
from mediane.notifications import actions as notifications
from mediane.notifications.queries import to_remind_of
from mediane.notifications.rules import Kind
from tests.cast import Cast
from tests.notifications.letterbox import Letterbox, free_port, receiving
from tests.notifications.test_actions import CANARIES, a_case_of, told

DAY = timedelta(days=1)
TOMORROW = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
EVE = datetime(2026, 11, 11, 13, 5, tzinfo=UTC)


@pytest.fixture
def box(settings) -> Iterator[Letterbox]:
    port = free_port()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    with receiving(port) as letterbox:
        yield letterbox


def planned(case: Case, cast: Cast, at: datetime, starts_at: datetime = TOMORROW) -> Appointment:
    meeting = Meeting(way=Way.DESK, starts_at=starts_at, place="Bureau 12", words="Vos quittances")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return casework.set_appointment(case=case, meeting=meeting, by=cast.nadia, at=at)


def reminded(cast: Cast, at: datetime) -> list[Kind]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        around: Any = Appointment.objects.select_related("organisation", "case__referral__key")
        return [
            notifications.remind(appointment=around.get(pk=pk), at=at)
            for pk in to_remind_of(cast.paris, at=at)
        ]


def test_a_notice_then_a_reminder_say_nothing_of_the_appointment(
    cast: Cast, box: Letterbox, at: datetime
) -> None:
    case = a_case_of(cast, at - DAY)
    told(case, cast, at)
    planned(case, cast, at)
    assert told(case, cast, at) is Kind.NOTICE
    assert reminded(cast, EVE) == [Kind.REMINDER]
    _, notice, reminder = box.messages
    assert (notice["Subject"], reminder["Subject"]) == ("Vous avez un message", "Vous avez un rappel")
    for message in (notice, reminder):
        whole = message["Subject"] + str(message["From"]) + message.get_content()
        for canary in (*CANARIES, case.reference, "rendez-vous", "Bureau 12", "10 h", "quittances"):
            assert canary.lower() not in whole.lower().replace("\u00a0", " ")


def test_it_is_said_once_and_again_when_it_moves_to_another_day(
    cast: Cast, box: Letterbox, at: datetime
) -> None:
    appointment = planned(a_case_of(cast, at - DAY), cast, at)
    assert reminded(cast, EVE) == [Kind.REMINDER]
    assert reminded(cast, EVE + timedelta(hours=1)) == []
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        later = Meeting(way=Way.PHONE, starts_at=TOMORROW + 2 * DAY, place="06 39 98 41 27")
        casework.move_appointment(appointment=appointment, meeting=later, by=cast.nadia, at=EVE)
    assert reminded(cast, EVE + 2 * DAY) == [Kind.REMINDER]
    assert len(box.messages) == 2


@pytest.mark.parametrize("moment", [EVE - DAY, EVE + DAY, EVE.replace(hour=6), EVE.replace(hour=18)])
def test_only_the_day_before_and_at_decent_hours(
    cast: Cast, box: Letterbox, at: datetime, moment: datetime
) -> None:
    planned(a_case_of(cast, at - DAY), cast, at)
    assert reminded(cast, moment) == []


def test_nobody_is_reminded_of_what_was_said_the_same_day(cast: Cast, box: Letterbox, at: datetime) -> None:
    planned(a_case_of(cast, at - DAY), cast, EVE - timedelta(hours=2))
    assert reminded(cast, EVE) == []


def test_nor_of_what_was_cancelled_nor_in_a_closed_case(cast: Cast, box: Letterbox, at: datetime) -> None:
    case = a_case_of(cast, at - DAY)
    first = planned(case, cast, at)
    planned(case, cast, at, TOMORROW + timedelta(hours=3))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        state = AppointmentState.CANCELLED_BY_PERSON
        casework.end_appointment(appointment=first, state=state, by=cast.nadia, at=at)
        assert len(to_remind_of(cast.paris, at=EVE)) == 1
        casework.withdraw(case=case, by=cast.claire, at=at)
    assert reminded(cast, EVE) == []


def test_whoever_wants_no_mail_gets_none_and_is_not_asked_about_again(
    cast: Cast, box: Letterbox, at: datetime
) -> None:
    planned(a_case_of(cast, at - DAY, notice_by_email=False), cast, at)
    assert reminded(cast, EVE) == [Kind.NONE]
    assert reminded(cast, EVE) == []
    assert not box.messages
