"""A scanned letter joined to a case is found by its words, by its Caf and nobody else."""

import json
from datetime import datetime

import pytest
from django.conf import LazySettings
from django.db import connection

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.documents.models import Document, Reading
from mediane.documents.states import Outcome
from mediane.integrations import reading
from mediane.jobs import reading as tasks
from mediane.jobs import tasks as house
from mediane.kit import rowsecurity
from mediane.referrals import actions as referrals
from mediane.search.queries import By, search
from tests.cast import Cast
from tests.integrations.scans import a_photograph, a_written_pdf
from tests.jobs.test_tasks import queued
from tests.mailroom.conftest import opened  # noqa: F401 — a fixture
from tests.mailroom.letters import a_mail, taken
from tests.stories import a_draft

WORDS = "Je conteste le recouvrement, et je joins la photocopie de l’attestation."


def work() -> None:
    """The jobs that wait, as the worker takes them."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM procrastinate_jobs WHERE id = (SELECT min(id) FROM procrastinate_jobs"
                " WHERE task_name = 'read_files') RETURNING args"
            )
            found = cursor.fetchone()
        if found is None:
            return
        tasks.read_files(**json.loads(found[0]))


def a_case_with(cast: Cast, at: datetime, *files: tuple[str, bytes]) -> Case:
    draft = a_draft(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        for name, data in files:
            referrals.join(draft=draft, name=name, data=data, by=cast.samira.as_actor(), at=at)
        return casework.receive(draft=draft, by=cast.samira.as_actor(), at=at)


def found(cast: Cast, text: str, caf: str = "paris") -> list[str]:
    organisation = getattr(cast, caf)
    with rowsecurity.working_for(rowsecurity.staff(organisation.pk)):
        result = search(organisation_id=organisation.pk, text=text)
    assert result.by in (By.WORDS, By.NOTHING)
    return [case.reference for case in result.cases]


def outcomes(cast: Cast) -> list[str]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return list(Reading.objects.order_by("document_id").values_list("outcome", flat=True))


@pytest.mark.slow
def test_a_scanned_letter_is_found_by_its_words_by_its_caf_only(cast: Cast, at: datetime) -> None:
    case = a_case_with(cast, at, ("lettre.jpg", a_photograph()))
    assert found(cast, "hospitalisé") == []
    work()
    assert found(cast, "hospitalises creteil") == [case.reference]
    assert found(cast, "créteil", caf="tarn") == []
    for context in (
        rowsecurity.person(cast.samira.pk),
        rowsecurity.staff(cast.tarn.pk),
        rowsecurity.public(),
    ):
        with rowsecurity.working_for(context):
            assert Reading.objects.count() == 0


def test_every_file_of_a_case_has_its_turn(cast: Cast, at: datetime) -> None:
    case = a_case_with(
        cast,
        at,
        ("un.pdf", a_written_pdf(WORDS)),
        ("deux.pdf", a_written_pdf(WORDS.replace("joins", "adresse"))),
    )
    work()
    assert outcomes(cast) == [Outcome.READ, Outcome.READ]
    assert found(cast, "photocopies") == found(cast, "adresse") == [case.reference]
    work()
    assert queued("read_files") == []


def test_a_draft_is_not_read_before_it_is_sent(cast: Cast, at: datetime) -> None:
    draft = a_draft(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        by = cast.samira.as_actor()
        referrals.join(draft=draft, name="un.pdf", data=a_written_pdf(WORDS), by=by, at=at)
    work()
    assert outcomes(cast) == []
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        casework.receive(draft=draft, by=by, at=at)
    work()
    assert outcomes(cast) == [Outcome.READ]


@pytest.mark.usefixtures("opened")
def test_what_is_joined_to_a_mail_is_not_read_before_the_mail_is_sorted(cast: Cast, at: datetime) -> None:
    letter = a_mail()
    letter.add_attachment(a_written_pdf(WORDS), maintype="application", subtype="pdf", filename="un.pdf")
    taken(letter, by_caf=cast.paris, at=at)
    work()
    assert outcomes(cast) == []


def test_before_it_is_verified_a_file_is_not_read(cast: Cast, at: datetime, settings: LazySettings) -> None:
    settings.SCANNER = "tests.documents.test_quarantine.LooksForAWord"
    a_case_with(cast, at, ("un.pdf", a_written_pdf(WORDS)))
    work()
    assert outcomes(cast) == []
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        document = Document.objects.get()
    house.scan(organisation_id=cast.paris.pk, document_id=document.pk)
    work()
    assert outcomes(cast) == [Outcome.READ]


@pytest.mark.slow
def test_what_waited_for_its_program_is_read_the_night_after_it_is_installed(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_case_with(cast, at, ("lettre.jpg", a_photograph()))
    with monkeypatch.context() as without:
        without.setattr(reading, "OCR", ("no-such-program",))
        work()
        assert outcomes(cast) == [Outcome.ABSENT]
        tasks.read_what_waits(timestamp=0)
        assert queued("read_files") == []
    tasks.read_what_waits(timestamp=0)
    work()
    assert outcomes(cast) == [Outcome.READ]
    assert found(cast, "Belleville") == [case.reference]


def test_a_lost_job_leaves_nothing_unread_for_long(cast: Cast, at: datetime) -> None:
    a_case_with(cast, at, ("un.pdf", a_written_pdf(WORDS)))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    tasks.read_what_waits(timestamp=0)
    work()
    assert outcomes(cast) == [Outcome.READ]


def test_one_is_read_at_a_time_and_after_everything_else(cast: Cast, at: datetime) -> None:
    a_case_with(cast, at, ("un.pdf", a_written_pdf(WORDS)))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT lock, priority FROM procrastinate_jobs WHERE task_name = 'read_files'"
        )
        assert cursor.fetchall() == [("reading", -10)]


def test_a_long_file_leaves_room_for_what_is_written_after(cast: Cast, at: datetime) -> None:
    case = a_case_with(cast, at, ("un.pdf", a_written_pdf(WORDS)))
    work()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        for turn in range(3):
            text = " ".join(f"mot{turn}x{number}" for number in range(20_000))
            Reading.objects.update(text=text)
        casework.write_to_person(case=case, body="Une girafe.", by=cast.claire, at=at)
    assert found(cast, "mot0x1") == found(cast, "girafe") == [case.reference]
    assert found(cast, "mot0x19999") == found(cast, "mot2x1") == []
