"""The computed date is for whoever it is signed off for: before, no page, letter nor e-mail has it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.asserts import assertContains, assertNotContains

import mediane
from mediane.appeals.states import Evidence
from mediane.casework.models import Case
from mediane.kit import clock, rowsecurity
from mediane.notifications.queries import steps_to_announce
from tests.appeals.stories import an_admitted_case, an_answered_case, noted, signed_off
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.mandates.stories import acting, given

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=clock.UTC)
DATE = "20\u00a0janvier\u00a02027"
TITLE = "Votre délai pour contester la décision"
PAGES = ("", "documents/", "message/")
# The one place that a person reads it in; letters, e-mails and papers cannot reach it.
READERS = {"web/citizen/views/space.py"}
OF_THE_PERSON = ("web/citizen", "web/representative", "correspondence", "notifications", "mailroom", "jobs")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    case = an_answered_case(cast, at)
    noted(case, cast.nadia, at + timedelta(days=12))
    return case


def own(case: Case, page: str = "") -> str:
    return f"/espace/{case.reference}/{page}"


def test_without_sign_off_no_page_of_the_person_has_the_date(
    browser: SignedIn, cast: Cast, case: Case
) -> None:
    browser.as_person(cast.samira)
    pages = "/espace/", f"/saisir/accuse/{case.reference}/", *(own(case, page) for page in PAGES)
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200, page
        for words in (DATE, TITLE, "interrompu", "suspendu"):
            assertNotContains(answer, words)


def test_noting_a_day_tells_nobody(cast: Cast, case: Case) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert "note_appeal_date" not in {step.act for step in steps_to_announce(case.pk)}


def test_no_letter_nor_e_mail_can_reach_the_clock() -> None:
    root = Path(mediane.__file__).parent
    readers = {
        str(file.relative_to(root))
        for folder in OF_THE_PERSON
        for file in (root / folder).rglob("*.py")
        if "mediane.appeals" in file.read_text()
    }
    assert readers == READERS


def test_signed_off_the_person_reads_it_with_its_reasons_until_it_is_revoked(
    browser: SignedIn, cast: Cast, at: datetime, case: Case
) -> None:
    signed_off(cast, at)
    page = browser.as_person(cast.samira).get(own(case))
    for words in (TITLE, DATE, "À vérifier", "un nouveau délai entier part", "avis de réception signé"):
        assertContains(page, words)
    assertNotContains(page, "juriste")
    signed_off(cast, at, is_given=False, seen_rank=1)
    assertNotContains(browser.get(own(case)), DATE)


def test_whoever_acts_for_her_reads_the_same(cast: Cast, at: datetime, case: Case) -> None:
    signed_off(cast, at)
    assertContains(acting(given(cast.samira, at)).get(own(case)), DATE)


def test_a_date_with_a_doubt_is_kept_from_her(
    browser: SignedIn, cast: Cast, at: datetime, case: Case
) -> None:
    signed_off(cast, at)
    noted(case, cast.nadia, at + timedelta(days=12), seen_rank=1, evidence=Evidence.SENT)
    assertNotContains(browser.as_person(cast.samira).get(own(case)), TITLE)


def test_during_the_mediation_she_reads_that_the_period_is_stopped(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = an_admitted_case(cast, at)
    noted(case, cast.nadia, at)
    signed_off(cast, at)
    assertContains(browser.as_person(cast.samira).get(own(case)), "est arrêté pendant la médiation")


def test_her_page_costs_one_statement_more_and_two_when_signed_off(
    browser: SignedIn, cast: Cast, at: datetime, case: Case, django_assert_num_queries
) -> None:
    browser.as_person(cast.samira).get(own(case))
    with django_assert_num_queries(15 + 2):
        browser.get(own(case))
    signed_off(cast, at)
    with django_assert_num_queries(17 + 2):
        browser.get(own(case))
