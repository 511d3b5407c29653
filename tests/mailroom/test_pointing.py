"""A closed mailbox answers a person once a week, and a machine never."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection

from mediane.jobs import mail as tasks
from mediane.kit import rowsecurity
from mediane.mailroom.actions import choose_policy
from mediane.mailroom.models import Pointer
from mediane.mailroom.queries import policy_of
from mediane.mailroom.states import Nature, Policy, State, Why
from mediane.organisations.models import Organisation
from tests.cast import Cast
from tests.jobs.test_tasks import queued
from tests.mailroom.letters import a_mail, taken, the_mail


@pytest.fixture
def closed(cast: Cast, at: datetime) -> Organisation:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        choose_policy(
            organisation=cast.paris, policy=Policy.CLOSED, effective_from=at.date(), by=cast.claire, at=at
        )
    return cast.paris


def send_all() -> None:
    for job in queued("send_pointer"):
        tasks.send_pointer(**job)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'send_pointer'")


def test_a_person_is_told_where_to_go_once_a_week(closed: Organisation, at: datetime) -> None:
    for day, answers in ((0, 1), (1, 1), (6, 1), (7, 2)):
        taken(
            a_mail(f"Jour {day}", From="Paul <paul@exemple.fr>"), by_caf=closed, at=at + timedelta(days=day)
        )
        send_all()
        assert len(mail.outbox) == answers
        received = the_mail(closed)
        assert (received.state, received.why) == (State.SET_ASIDE, Why.POINTED)
    answer = mail.outbox[0]
    assert answer.to == ["paul@exemple.fr"]
    assert answer.extra_headers["Auto-Submitted"] == "auto-replied"
    assert answer.extra_headers["In-Reply-To"].endswith("@exemple.fr>")
    assert "en ligne" in answer.body


def test_the_same_answer_asked_twice_leaves_once(closed: Organisation, at: datetime) -> None:
    taken(a_mail(), by_caf=closed, at=at)
    (job,) = queued("send_pointer")
    for _ in range(2):
        tasks.send_pointer(**job)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"X_Loop": "mediane"},
        {"X_Auto_Response_Suppress": "All"},
        {"Authentication_Results": "mx; dmarc=fail"},
        {"From": "no-reply@exemple.fr"},
    ],
)
def test_a_machine_is_never_answered_and_waits_to_be_seen(
    closed: Organisation, at: datetime, headers: dict[str, str]
) -> None:
    taken(a_mail(**headers), by_caf=closed, at=at)
    assert queued("send_pointer") == []
    assert the_mail(closed).state == State.WAITING


def test_our_own_answer_that_comes_back_is_a_loop(closed: Organisation, at: datetime) -> None:
    taken(a_mail(), by_caf=closed, at=at)
    with rowsecurity.working_for(rowsecurity.staff(closed.pk)):
        pointer = Pointer.objects.get()
    taken(a_mail("Écho", Message_ID=pointer.message_id), by_caf=closed, at=at)
    assert the_mail(closed).nature == Nature.LOOP
    assert len(queued("send_pointer")) == 1


def test_an_open_mailbox_answers_nobody(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        choose_policy(
            organisation=cast.paris, policy=Policy.OPEN, effective_from=at.date(), by=cast.claire, at=at
        )
    taken(a_mail(), by_caf=cast.paris, at=at)
    assert queued("send_pointer") == []


def test_a_policy_holds_from_its_day_on(closed: Organisation, cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert policy_of(cast.tarn.pk, at.date()) is Policy.ABSENT
    with rowsecurity.working_for(rowsecurity.staff(closed.pk)):
        later = at.date() + timedelta(days=30)
        choose_policy(organisation=closed, policy=Policy.OPEN, effective_from=later, by=cast.claire, at=at)
        assert policy_of(closed.pk, later - timedelta(days=1)) is Policy.CLOSED
        assert policy_of(closed.pk, later) is Policy.OPEN
