"""Too early: kept, and the person is told the day it becomes possible, where she asked to be told."""

import json
import smtplib
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.db import connection

from mediane.eligibility.models import EligibilityCheck
from mediane.jobs import tasks
from mediane.kit import clock, rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.web.citizen.registers import HERE
from tests.web.citizen.steps import Journey

# The 5th of December, in Paris.
DAY_BEFORE = datetime(2026, 12, 4, 22, 30, tzinfo=UTC)
HALF_PAST_MIDNIGHT = datetime(2026, 12, 4, 23, 30, tzinfo=UTC)
THAT_DAY = datetime(2026, 12, 5, 8, 30, tzinfo=UTC)


@pytest.fixture
def time_is(monkeypatch: pytest.MonkeyPatch):
    return lambda at: monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def samira(browser: SignedIn, cast: Cast, at: datetime, settings, time_is) -> Journey:
    """She complained on 5 October, and comes on 9 November: two months are not over."""
    time_is(at)
    settings.COMPLAINT_REGISTER = f"{HERE}.TwoComplaints"
    journey = Journey(browser.as_person(cast.samira), cast.samira)
    journey.pass_the_test("grc-26-771002")
    journey.answer("reponse", was_answered="non")
    for slug in ("commission", "tribunal", "deja-demande", "urgence"):
        journey.answer(slug)
    assert journey.last.headers["Location"] == "/saisir/obstacle/trop-tot/"
    return journey


def sweep() -> None:
    """What the queue does at that hour, and the jobs that come of it."""
    tasks.announce_possible(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'tell_possible' RETURNING args")
        for (args,) in cursor.fetchall():
            tasks.tell_possible(**json.loads(args))


def test_she_is_told_that_day_once_and_finds_everything_again(samira: Journey, time_is) -> None:
    time_is(DAY_BEFORE)
    sweep()
    assert mail.outbox == []
    assert "Possible à partir du" in samira.get("/espace/").content.decode()
    for _ in range(2):
        time_is(THAT_DAY)
        sweep()
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["samira@exemple.fr"], "Vous avez un message")
    for word in ("médiat", "réclam", "Samira", "Belkacem", "4817263", "APL"):
        assert word.lower() not in message.body.lower()
    assert "Vous pouvez maintenant continuer" in samira.get("/espace/").content.decode()
    samira.get("/saisir/")
    assert samira.last.redirect_chain[-1][0] == "/saisir/demande/prestations-et-motifs/"
    assert samira.draft.complaint is not None
    assert samira.draft.complaint.reference == "26-771002"
    assert [check.obstacles for check in samira.checks] == [["premature"], []]


def test_midnight_is_that_of_the_caf(samira: Journey, time_is) -> None:
    time_is(HALF_PAST_MIDNIGHT)
    sweep()
    assert len(mail.outbox) == 1


def test_whoever_said_meanwhile_that_the_caf_answered_is_not_called_back(
    samira: Journey, cast: Cast, time_is
) -> None:
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        filed = samira.checks[0].taken_at.replace(hour=23)
        samira.draft.__class__.objects.filter(pk=samira.draft.pk).update(
            filed_at=filed, benefits=["APL"], grounds=["OTHER"], asked="x", explanation="x"
        )
    time_is(THAT_DAY)
    sweep()
    assert mail.outbox == []


def test_a_refused_address_holds_nobody_else_back(
    samira: Journey, cast: Cast, time_is, monkeypatch: pytest.MonkeyPatch
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        hers = EligibilityCheck.objects.get()
        EligibilityCheck.objects.create(
            organisation=cast.paris,
            beneficiary=cast.lucette,
            policy=hers.policy,
            answers={},
            obstacles=["premature"],
            possible_from=hers.possible_from,
            taken_at=hers.taken_at,
        )
    time_is(THAT_DAY)
    tasks.announce_possible(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'tell_possible' ORDER BY id")
        first, second = (json.loads(args) for (args,) in cursor.fetchall())
    with monkeypatch.context() as broken:
        refuse = smtplib.SMTPRecipientsRefused({})
        broken.setattr("django.core.mail.EmailMessage.send", lambda self: (_ for _ in ()).throw(refuse))
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            tasks.tell_possible(**first)
    tasks.tell_possible(**second)
    assert len(mail.outbox) == 1
    tasks.tell_possible(**first)
    assert len(mail.outbox) == 2
