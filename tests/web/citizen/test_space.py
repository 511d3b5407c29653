"""Where a person’s requests stand, page by page."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.states import Outcome
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_draft, a_studied_case


def text_of(response) -> str:
    return response.content.decode()


def without_tokens(response) -> str:
    """What the page says, but for the tokens that differ each time."""
    return re.sub(r'(nonce|value)="[^"]*"', "", text_of(response))


def page(case: Case, rest: str = "") -> str:
    return f"/espace/{case.reference}/{rest}"


def statements(browser: SignedIn, url: str) -> int:
    """Those that read or write; savepoints are the test’s own."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in asked.captured_queries)


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def test_somebody_without_any_request_is_told_how_to_begin(cast: Cast, browser: SignedIn) -> None:
    seen = text_of(browser.as_person(cast.samira).get("/espace/"))
    assert "Vous n’avez pas encore de demande" in seen
    assert "/saisir/" in seen


def test_a_draft_can_be_resumed_from_the_space(cast: Cast, browser: SignedIn, at: datetime) -> None:
    a_draft(cast.samira, at)
    seen = text_of(browser.as_person(cast.samira).get("/espace/"))
    assert "Demande commencée, pas encore envoyée" in seen
    assert "Reprendre" in seen


def test_a_request_just_sent_says_it_was_received(cast: Cast, browser: SignedIn, at: datetime) -> None:
    case = a_case(cast.samira, at)
    browser.as_person(cast.samira)
    assert "Nous avons bien reçu votre demande" in text_of(browser.get("/espace/"))
    seen = text_of(browser.get(page(case)))
    assert "Nous avons bien reçu votre demande" in seen
    assert "Réponse prévue avant le" in seen
    assert case.reference in seen


@pytest.mark.parametrize("typed", [str.lower, lambda text: text.replace("-", "")])
def test_a_reference_typed_by_hand_opens_the_same_page(
    cast: Cast, browser: SignedIn, at: datetime, typed
) -> None:
    case = a_case(cast.samira, at)
    assert browser.as_person(cast.samira).get(f"/espace/{typed(case.reference)}/").status_code == 200


PAGES = ("", "message/", "documents/", "retirer/", "tribunal/", "pieces/1/", "pieces/1/absente/")


@pytest.mark.parametrize("rest", PAGES)
def test_a_foreign_reference_answers_like_an_unknown_one(
    cast: Cast, browser: SignedIn, at: datetime, rest: str
) -> None:
    theirs = a_case(cast.lucette, at)
    browser.as_person(cast.samira)
    foreign, unknown = browser.get(page(theirs, rest)), browser.get(f"/espace/K7MQ-4TRX/{rest}")
    assert foreign.status_code == unknown.status_code == 404
    assert without_tokens(foreign) == without_tokens(unknown)


@pytest.mark.parametrize("rest", PAGES)
def test_nobody_enters_without_signing_in(cast: Cast, browser: SignedIn, at: datetime, rest: str) -> None:
    case = a_case(cast.samira, at)
    response = browser.get(page(case, rest))
    assert response.status_code == 302
    assert "/connexion" in response["Location"]


def test_a_missing_document_is_the_first_thing_said(cast: Cast, browser: SignedIn, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with in_paris(cast):
        due = at.date() + timedelta(days=3650)
        casework.ask_documents(
            case=case, labels=["Avis d’imposition 2025"], due_on=due, by=cast.claire, at=at
        )
    browser.as_person(cast.samira)
    seen = text_of(browser.get(page(case)))
    assert "Il manque un document, avant le" in seen
    assert "Avis d’imposition 2025" in seen
    assert "Je ne l’ai pas" in seen
    assert "Document avant le" in text_of(browser.get("/espace/"))


def test_a_wait_names_the_body_that_decides(cast: Cast, browser: SignedIn, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with in_paris(cast):
        casework.await_decision(
            case=case,
            body="DEPARTMENT",
            reason="RSA",
            look_again_on=at.date(),
            by=cast.claire,
            at=at + timedelta(days=2),
        )
    seen = text_of(browser.as_person(cast.samira).get(page(case)))
    assert "Nous attendons une décision du conseil départemental" in seen
    assert "suspendue" in seen


def test_a_refusal_says_why(cast: Cast, browser: SignedIn, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with in_paris(cast):
        casework.reject(case=case, reason="NO_PRIOR_STEP", notified_on=at.date(), by=cast.claire, at=at)
    seen = text_of(browser.as_person(cast.samira).get(page(case)))
    assert "ne peut pas étudier votre demande" in seen
    assert "Vous n’avez pas encore fait de réclamation" in seen


def test_a_redirection_names_the_right_body(cast: Cast, browser: SignedIn, at: datetime) -> None:
    case = a_case(cast.samira, at)
    with in_paris(cast):
        casework.redirect(case=case, reason="OTHER_BODY", body="MDPH", by=cast.nadia, at=at)
    seen = text_of(browser.as_person(cast.samira).get(page(case)))
    assert "Votre demande relève de la MDPH" in seen
    assert "retirer" not in seen


def test_an_answered_request_says_when(cast: Cast, browser: SignedIn, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with in_paris(cast):
        casework.answer(
            case=case, outcome=Outcome.UPHELD, cause="RULE_MISUNDERSTOOD", grounds=[], by=cast.claire, at=at
        )
    browser.as_person(cast.samira)
    assert "Réponse envoyée le 9\u00a0novembre\u00a02026." in text_of(browser.get(page(case)))
    assert "Réponse envoyée" in text_of(browser.get("/espace/"))


def test_private_notes_and_assignments_never_show(cast: Cast, browser: SignedIn, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with in_paris(cast):
        casework.note(case=case, text="Canari de la note privée", by=cast.claire, at=at)
    seen = text_of(browser.as_person(cast.samira).get(page(case)))
    assert "Canari" not in seen


def test_the_list_costs_the_same_for_one_request_as_for_twenty(
    cast: Cast, browser: SignedIn, at: datetime
) -> None:
    browser.as_person(cast.samira)
    a_case(cast.samira, at)
    browser.get("/espace/")
    one = statements(browser, "/espace/")
    for day in range(1, 20):
        a_case(cast.samira, at + timedelta(days=day))
    assert statements(browser, "/espace/") == one <= 10


def test_a_page_costs_the_same_whatever_was_written(cast: Cast, browser: SignedIn, at: datetime) -> None:
    case = a_case(cast.samira, at)
    browser.as_person(cast.samira).get(page(case))
    few = statements(browser, page(case))
    with in_paris(cast):
        for n in range(20):
            casework.write_to_person(case=case, body=f"Message {n}", by=cast.claire, at=at)
    assert statements(browser, page(case)) == few <= 15
