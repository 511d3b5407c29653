"""Jobs exist with the change that causes them, and end what somebody forgot."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection, transaction

from mediane.casework import actions as casework
from mediane.casework.models import Case, Step
from mediane.casework.states import Act, Outcome
from mediane.jobs import schedule, tasks
from mediane.kit import clock, rowsecurity
from tests.casework.actions.test_register import a_letter
from tests.cast import Cast
from tests.stories import a_case, a_studied_case


def queued(name: str) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [name])
        return [json.loads(row[0]) for row in cursor.fetchall()]


class Told:
    """A register that remembers."""

    facts: list[tuple[str, str, date]] = []

    def complaints_of(self, *, organisation_code: str, number: str) -> list:
        return []

    def tell(self, *, key: str, number: str, fact: str, on: date, **_: str) -> None:
        # Nobody’s rows are open while somebody else’s system is waited for.
        assert rowsecurity.current() == rowsecurity.public()
        self.facts.append((number, fact, on))


def test_a_rolled_back_change_leaves_no_job(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    before = len(queued("announce"))
    with pytest.raises(InterruptedError), transaction.atomic():
        with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
            casework.write_to_person(case=case, body="Bonjour", by=cast.claire, at=at)
        assert len(queued("announce")) == before + 1
        raise InterruptedError
    assert len(queued("announce")) == before


def test_the_job_of_a_filing_sends_its_notice(cast: Cast, at: datetime) -> None:
    a_case(cast.samira, at)
    for _ in range(2):
        tasks.announce(**queued("announce")[0])
    assert [message.to for message in mail.outbox] == [["samira@exemple.fr"]]


def test_the_register_is_told_three_facts_and_no_more(cast: Cast, at: datetime, settings) -> None:
    settings.COMPLAINT_REGISTER = f"{__name__}.Told"
    Told.facts.clear()
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.admit(case=case, notified_on=date(2026, 11, 12), by=cast.claire, at=at)
        casework.answer(
            case=case, outcome=Outcome.UPHELD, cause="RULE_MISUNDERSTOOD", grounds=[], by=cast.claire, at=at
        )
    for job in queued("tell_register"):
        tasks.tell_register(**job)
    assert Told.facts == [
        ("4817263", "registered", date(2026, 11, 9)),
        ("4817263", "admissible", date(2026, 11, 12)),
        ("4817263", "closed", date(2026, 11, 9)),
    ]


def test_a_case_nobody_takes_up_is_acknowledged_in_time(cast: Cast, at: datetime, monkeypatch) -> None:
    case = a_case(cast.samira, at)
    for day, acknowledged in ((10, 0), (20, 1), (21, 1)):
        # Ten working days after 9 November is the 24th (Armistice Day does not count).
        monkeypatch.setattr(clock, "now", lambda day=day: datetime(2026, 11, day, 9, tzinfo=UTC))
        tasks.acknowledge_in_time(timestamp=0)
        with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
            assert (
                Step.objects.filter(case=case, act=Act.ACKNOWLEDGE, by_kind="system").count() == acknowledged
            )


def test_the_night_acknowledges_nothing_that_waits_to_be_posted(
    cast: Cast, at: datetime, monkeypatch
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        entry = replace(a_letter(), receipt_on_paper=True)
        case = casework.register(entry=entry, of=cast.lucette, by=cast.nadia, at=at)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 30, 9, tzinfo=UTC))
    tasks.acknowledge_in_time(timestamp=0)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not Step.objects.filter(case=case, act=Act.ACKNOWLEDGE).exists()


def test_an_announcement_that_was_lost_is_found_again(cast: Cast, at: datetime, monkeypatch) -> None:
    case = a_case(cast.samira, at)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(hours=1))
    tasks.announce_missed(timestamp=0)
    assert queued("announce") == [{"organisation_id": cast.paris.pk, "case_id": case.pk, "act": "file"}]
    tasks.announce(**queued("announce")[0])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    tasks.announce_missed(timestamp=0)
    assert queued("announce") == []


def test_every_periodic_task_is_known_to_the_queue() -> None:
    known = {task.name for task in tasks.app.tasks.values()}
    assert {task.name for _, task in schedule.SCHEDULE} <= known


def test_a_job_of_another_caf_finds_nothing(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    with pytest.raises(Case.DoesNotExist):
        tasks.announce(organisation_id=cast.tarn.pk, case_id=case.pk, act="file")
