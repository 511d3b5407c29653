"""Presence on the pages of a case: read as the page opens, kept true by a pulse, ended by leaving."""

import re
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from mediane.casework.models import Case
from mediane.journal.models import Entry
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_studied_case


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


def place(case: Case, end: str = "") -> str:
    return f"/bureau/dossiers/{case.reference}/{end}"


def test_the_first_sight_needs_no_script(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.nadia).get(place(case, "note/"))
    shown = browser.as_staff(cast.claire).get(place(case))
    assertContains(shown, "Nadia Pruvost écrit une note.")
    assertContains(browser.get(place(case, "note/")), "Nadia Pruvost écrit ici.")
    assertNotContains(browser.as_staff(cast.nadia).get(place(case)), "Nadia Pruvost écrit")


@pytest.mark.parametrize(
    ("end", "words"), [("message/", "écrit un message."), ("reponse/", "écrit la réponse.")]
)
def test_each_editor_says_what_is_written(
    browser: SignedIn, cast: Cast, case: Case, end: str, words: str
) -> None:
    browser.as_staff(cast.nadia).get(place(case, end))
    if end == "reponse/":
        answer = browser.get(place(case, end))
        template = re.search(r'name="template" value="([^"]+)"', answer.content.decode())
        if template:
            browser.post(place(case, end), {"template": template[1]})
        browser.get(place(case, end))
    assertContains(browser.as_staff(cast.claire).get(place(case)), words)


def test_a_pulse_answers_who_is_there_and_leaving_ends_it(browser: SignedIn, cast: Cast, case: Case) -> None:
    mine, theirs = {"page": uuid4(), "doing": "note"}, {"page": uuid4(), "doing": "note"}
    assert browser.as_staff(cast.nadia).post(place(case, "presence/"), mine).json() == {"others": []}
    told = browser.as_staff(cast.claire).post(place(case, "presence/"), theirs)
    assert told.json() == {"others": ["Nadia Pruvost écrit ici."]}
    assert browser.as_staff(cast.nadia).post(place(case, "presence/fin/"), mine).status_code == 204
    assert browser.as_staff(cast.claire).post(place(case, "presence/"), theirs).json() == {"others": []}


def test_a_pulse_is_cheap_and_journals_nothing(browser: SignedIn, cast: Cast, case: Case) -> None:
    told = {"page": uuid4(), "doing": "reading"}
    browser.as_staff(cast.nadia).post(place(case, "presence/"), told)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        before = Entry.objects.count()
    with CaptureQueriesContext(connection) as spent:
        browser.post(place(case, "presence/"), told)
    # A savepoint and its end around: session, context, membership, number of the case, presence.
    assert len(spent) == 7
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Entry.objects.count() == before


@pytest.mark.parametrize("sent", [{}, {"page": "x", "doing": "note"}, {"page": uuid4(), "doing": "sleeping"}])
def test_what_we_did_not_write_is_not_found(
    browser: SignedIn, cast: Cast, case: Case, sent: dict[str, str]
) -> None:
    assert browser.as_staff(cast.nadia).post(place(case, "presence/"), sent).status_code == 404
    assert browser.post(place(case, "presence/fin/"), sent).status_code == 404


def test_an_unknown_case_and_a_foreign_one_are_the_same(browser: SignedIn, cast: Cast, case: Case) -> None:
    told = {"page": uuid4(), "doing": "reading"}
    browser.as_staff(cast.remi)
    assert browser.post(place(case, "presence/"), told).status_code == 404
    assert browser.post("/bureau/dossiers/K7MQ-4TRX/presence/", told).status_code == 404
