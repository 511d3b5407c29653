"""The register is told every fact, once, in its order, however long it was out of order."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.jobs import Job

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.states import Outcome
from mediane.complaints import actions as complaints
from mediane.complaints.models import StatusFact
from mediane.complaints.rules import NoRegister, RegisterRefuses, RegisterUnavailable
from mediane.integrations.crm import adapter
from mediane.integrations.crm.reference import Reference
from mediane.integrations.crm.store import Mood
from mediane.jobs import tasks
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.integrations.crm.running import TOKEN, a_reference_crm
from tests.stories import a_case, a_studied_case

ENDLESS = (Mood.HANGS, Mood.DRIPS)


@pytest.fixture
def crm(tmp_path: Path, settings) -> Iterator[Reference]:
    settings.COMPLAINT_REGISTER = "mediane.integrations.crm.adapter.CrmRegister"
    with a_reference_crm(tmp_path) as server:
        settings.CRM_URL, settings.CRM_TOKEN = server.url, TOKEN
        yield server


@pytest.fixture
def answered(cast: Cast, at: datetime) -> Case:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.admit(case=case, notified_on=date(2026, 11, 12), by=cast.claire, at=at)
        casework.answer(
            case=case, outcome=Outcome.UPHELD, cause="RULE_MISUNDERSTOOD", grounds=[], by=cast.claire, at=at
        )
    return case


def work() -> list[str]:
    """Do the jobs that wait, as a worker would; the names of those that failed."""
    failed = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'tell_register' ORDER BY id")
        for (args,) in cursor.fetchall():
            try:
                tasks.tell_register(**json.loads(args))
            except (RegisterUnavailable, RegisterRefuses) as error:
                failed.append(type(error).__name__)
    return failed


def told(crm: Reference) -> list[str]:
    return [fact.fact for fact in crm.store.read().facts]


def untold(cast: Cast) -> int:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return StatusFact.objects.filter(told_at=None).count()


@pytest.mark.parametrize("mood", [mood for mood in Mood if mood is not Mood.WELL])
def test_an_outage_loses_nothing_and_mixes_nothing(
    crm: Reference, cast: Cast, answered: Case, mood: Mood, monkeypatch: pytest.MonkeyPatch
) -> None:
    crm.store.behave(mood)
    with monkeypatch.context() as hurried:
        if mood in ENDLESS:
            hurried.setattr(adapter, "LIMIT_OF_A_JOB", 0.3)
        assert work() == ["RegisterUnavailable"] * 3
    assert untold(cast) == 3
    # Some outages lose the acknowledgement of what was done: nothing follows it all the same.
    assert told(crm) == (["registered"] if mood in (Mood.LIES, Mood.FLOODS, Mood.CUTS) else [])
    crm.store.behave(Mood.WELL)
    tasks.tell_waiting_facts(timestamp=0)
    assert told(crm) == ["registered", "admissible", "closed"]
    assert untold(cast) == 0
    assert work() == []
    tasks.tell_waiting_facts(timestamp=0)
    assert len(told(crm)) == 3


def test_an_acknowledgement_lost_on_the_way_makes_no_second_fact(
    crm: Reference, cast: Cast, answered: Case
) -> None:
    assert work() == []
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        StatusFact.objects.update(told_at=None)
    assert work() == []
    assert told(crm) == ["registered", "admissible", "closed"]


def test_an_inadmissible_case_is_said_so_then_closed(crm: Reference, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.reject(case=case, reason="UNCLEAR", notified_on=at.date(), by=cast.claire, at=at)
    assert work() == []
    assert told(crm) == ["registered", "inadmissible", "closed"]


def test_a_person_s_own_acts_are_told_and_nothing_else_can_be_forged(
    crm: Reference, cast: Cast, at: datetime
) -> None:
    case = a_case(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        casework.withdraw(case=case, by=cast.samira.as_actor(), at=at)
    assert work() == []
    assert told(crm) == ["registered", "closed"]


class RefusesParis(NoRegister):
    """A register that will not hear of one Caf."""

    heard: list[str] = []

    def tell(self, *, organisation_code: str, fact: str, **_: object) -> None:
        if organisation_code == "75":
            raise RegisterRefuses
        self.heard.append(f"{organisation_code} {fact}")


def test_a_fact_that_is_refused_holds_no_other_case_back(cast: Cast, at: datetime, settings) -> None:
    settings.COMPLAINT_REGISTER = f"{__name__}.RefusesParis"
    RefusesParis.heard.clear()
    for person in (cast.samira, cast.lucette, cast.awa):
        a_case(person, at)
    tasks.tell_waiting_facts(timestamp=0)
    assert RefusesParis.heard == ["82 registered"]
    assert untold(cast) == 2


class RefusesOne(NoRegister):
    """A register that will not have one fact, and hears the others until it falls silent."""

    heard: list[str] = []
    refused, silent_at = "registered", ""

    def tell(self, *, fact: str, **_: object) -> None:
        if fact == self.refused:
            raise RegisterRefuses
        if fact == self.silent_at:
            raise RegisterUnavailable
        self.heard.append(fact)


@pytest.fixture
def picky(settings, monkeypatch: pytest.MonkeyPatch) -> type[RefusesOne]:
    settings.COMPLAINT_REGISTER = f"{__name__}.RefusesOne"
    monkeypatch.setattr(RefusesOne, "heard", [])
    monkeypatch.setattr(RefusesOne, "refused", "registered")
    monkeypatch.setattr(RefusesOne, "silent_at", "")
    return RefusesOne


def test_a_fact_that_is_refused_is_put_aside_and_the_next_ones_go_on(
    picky: type[RefusesOne], cast: Cast, at: datetime, answered: Case
) -> None:
    # Of three jobs the first tells all that can be, and says what was refused.
    assert work() == ["RegisterRefuses"]
    assert picky.heard == ["admissible", "closed"]
    tasks.tell_waiting_facts(timestamp=0)
    assert (untold(cast), len(picky.heard)) == (1, 2)
    picky.refused = ""
    tasks.tell_waiting_facts(timestamp=0)
    assert untold(cast) == 1
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        complaints.tell_again(reference=answered.reference, by=cast.claire, at=at)
    assert work() == []
    assert (untold(cast), picky.heard) == (0, ["admissible", "closed", "registered"])


def test_a_silence_after_a_refusal_keeps_the_order_of_what_waits(
    picky: type[RefusesOne], cast: Cast, answered: Case, caplog: pytest.LogCaptureFixture
) -> None:
    picky.silent_at = "admissible"
    assert set(work()) == {"RegisterUnavailable"}
    # Nobody tries it again: whoever keeps the house reads of it, once.
    refused = [line for line in caplog.messages if "refuses a fact" in line]
    assert refused == [f"the register refuses a fact of {answered.reference}: "]
    assert picky.heard == []
    picky.silent_at = ""
    tasks.tell_waiting_facts(timestamp=0)
    assert picky.heard == ["admissible", "closed"]


def test_without_a_register_nothing_is_told_and_everything_waits(cast: Cast, at: datetime, settings) -> None:
    settings.COMPLAINT_REGISTER = "mediane.complaints.rules.NoRegister"
    a_case(cast.samira, at)
    assert work() == []
    tasks.tell_waiting_facts(timestamp=0)
    assert untold(cast) == 1


def test_a_refusal_is_not_tried_again_and_a_silence_is() -> None:
    told = Job(
        id=1, queue="default", lock=None, queueing_lock=None, task_name="tell_register", attempts=0,
        priority=0, task_kwargs={},
    )  # fmt: skip
    decide = tasks.tell_register.retry_strategy.get_retry_decision
    assert decide(exception=RegisterRefuses("dossier inconnu"), job=told) is None
    assert decide(exception=RegisterUnavailable(), job=told) is not None
    assert decide(exception=RegisterUnavailable(), job=told.evolve(attempts=tasks.ATTEMPTS)) is None


class NeverAnswers(NoRegister):
    asked = 0

    def tell(self, **_: object) -> None:
        NeverAnswers.asked += 1
        raise RegisterUnavailable


def test_a_sweep_gives_up_when_nobody_answers(cast: Cast, at: datetime, settings, monkeypatch) -> None:
    monkeypatch.setattr(tasks, "PATIENCE", 2)
    settings.COMPLAINT_REGISTER = f"{__name__}.NeverAnswers"
    NeverAnswers.asked = 0
    for person in (cast.samira, cast.lucette, cast.awa):
        a_case(person, at)
    tasks.tell_waiting_facts(timestamp=0)
    assert NeverAnswers.asked == 2
