from datetime import datetime, timedelta

import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.rules import follow_code
from mediane.casework.rules.meetings import Meeting
from mediane.casework.states import Way
from mediane.kit import clock, references, rowsecurity
from mediane.web.citizen.views.followed import NOT_TOGETHER
from mediane.web.sessions import SessionStore
from mediane.web.signin.session import sign_in_person
from tests.casework.actions.test_following import a_code, a_posted_case
from tests.cast import Cast
from tests.conftest import SignedIn

NBSP = "\u00a0"
PAGE = "/suivre/"


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def case(cast: Cast, now: datetime) -> Case:
    return a_posted_case(cast, now)


@pytest.fixture
def code(case: Case, cast: Cast, now: datetime) -> str:
    return a_code(case, cast, now)


def ask(reference: str, code: str) -> str:
    answer = Client().post(PAGE, {"reference": reference, "code": code})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Location" not in answer.headers
    return answer.content.decode()


def test_what_is_on_the_paper_shows_where_the_request_stands(case: Case, code: str, cast: Cast, now) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.take_up(case=case, by=cast.claire, at=now)
        due_on = now.date() + timedelta(days=9)
        casework.ask_documents(case=case, labels=["Avis MDPH"], due_on=due_on, by=cast.claire, at=now)
    page = ask(case.reference.lower().replace("-", " "), code.lower().replace("-", " "))
    assert case.reference in page
    assert f"Nous attendons 1{NBSP}document de vous" in page
    assert "Demande enregistrée" in page
    for secret in ("Lucette", "Morvan", "2604418", "MDPH", "Vasseur", "APL", code):
        assert secret not in page


def test_an_appointment_is_told_without_its_place(case: Case, code: str, cast: Cast, now) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        meeting = Meeting(way=Way.DESK, starts_at=now + timedelta(days=3), place="Salle secrète")
        casework.set_appointment(case=case, meeting=meeting, by=cast.nadia, at=now)
    page = ask(case.reference, code)
    assert "à l’accueil" in page
    assert "Salle secrète" not in page


def test_all_that_fails_reads_the_same(case: Case, code: str) -> None:
    pages = {
        words: ask(*given).replace(given[0], "").replace(given[1], "")
        for words, given in {
            "wrong": (case.reference, follow_code.draw()),
            "unknown": (references.make(), code),
            "both": (references.make(), follow_code.draw()),
        }.items()
    }
    for page in pages.values():
        assert NOT_TOGETHER in page
        assert f"<title>Erreur{NBSP}: " in page


def test_a_slip_of_the_pen_is_told_beside_its_field_and_nothing_is_lost(case: Case, code: str) -> None:
    last = "3" if code[-1] != "3" else "4"
    page = ask(case.reference, code[:-1] + last)
    assert "Un signe du code est mal recopié" in page
    assert f'value="{case.reference}"' in page
    assert NOT_TOGETHER not in page


def test_it_asks_as_much_for_a_good_code_as_for_a_wrong_one(
    case: Case, code: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask(case.reference, code)
    counts = []
    for given in (code, follow_code.draw()):
        with django_assert_num_queries(6) as seen:
            ask(case.reference, given)
        counts.append(len(seen))
    assert len(set(counts)) == 1


def test_signing_in_ends_the_code(case: Case, code: str, cast: Cast) -> None:
    request = RequestFactory().get("/")
    request.session = SessionStore()
    sign_in_person(request, cast.lucette)
    assert NOT_TOGETHER in ask(case.reference, code)


def test_somebody_signed_in_stays_in_her_own_context(browser: SignedIn, cast: Cast, case: Case, code) -> None:
    answer = browser.as_person(cast.samira).post(PAGE, {"reference": case.reference, "code": code})
    assert "Demande enregistrée" in answer.content.decode()
    assert browser.get(f"/espace/{case.reference}/").status_code == 404
