import re
from datetime import date, datetime, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from mediane.casework import actions
from mediane.journal.queries import entries_about
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_studied_case


def address(reference: str) -> str:
    return f"/bureau/dossiers/{reference}/"


@pytest.mark.parametrize("rows", [1, 20])
def test_costs_the_same_whatever_happened(
    browser: SignedIn, cast: Cast, at: datetime, rows: int, django_assert_num_queries
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    a_case(cast.samira, at + timedelta(days=3))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.ask_documents(
            case=case, labels=[f"Bulletin {n}" for n in range(rows)], due_on=at.date(), by=cast.claire, at=at
        )
        for n in range(rows):
            actions.write_to_person(case=case, body=f"Message {n}", by=cast.claire, at=at)
            actions.note(case=case, text=f"Note {n}", by=cast.claire, at=at)
    browser.as_staff(cast.claire).get(address(case.reference))
    # Five to open the door and journal the reading, ten to read, one for the hold of a case that waits,
    # one for the visit, one to say that one is there and read who else is, one for the period for appeal;
    # and one savepoint with its end.
    with django_assert_num_queries(18 + 2):
        browser.get(address(case.reference))


def test_reading_a_case_is_journaled(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    browser.as_staff(cast.nadia).get(address(case.reference))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        last = entries_about("case", case.reference).first()
    assert last is not None
    assert (last.verb, last.actor_name) == ("consult", "Nadia Pruvost")


def test_a_foreign_reference_answers_exactly_as_an_unknown_one(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_case(cast.samira, at)
    browser.as_staff(cast.remi)

    def body(reference: str) -> str:
        answer = browser.get(address(reference))
        assert answer.status_code == 404
        page = re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
        return page.replace(reference, "")

    assert body(case.reference) == body("K7MQ-4TRX")


def test_the_request_is_in_the_words_of_the_person(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at, explanation="<b>Je ne comprends pas</b> & je m’inquiète")
    shown = browser.as_staff(cast.claire).get(address(case.reference))
    assertContains(shown, "&lt;b&gt;Je ne comprends pas&lt;/b&gt; &amp; je m’inquiète")


def test_cautions_and_notes_are_shown_to_the_service(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at, safe_contact={"caution": "Pas de message vocal"}, notice_by_email=False)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.note(case=case, text="Reste 614,20 € fondés", by=cast.claire, at=at)
    shown = browser.as_staff(cast.nadia).get(address(case.reference))
    assertContains(shown, "Pas de message vocal")
    assertContains(shown, "aucun courriel")
    assertContains(shown, "Reste 614,20 € fondés")


def test_a_closed_case_offers_no_gesture(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.withdraw(case=case, by=cast.claire, at=at + timedelta(days=2))
    shown = browser.as_staff(cast.claire).get(address(case.reference))
    assertContains(shown, "Retirée")
    for words in (
        "Demander des pièces",
        "Mettre en attente",
        "Autres gestes",
        "À faire maintenant",
        ">Analyse<",
    ):
        assertNotContains(shown, words)


def test_an_officer_is_not_offered_to_decide(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    assertContains(browser.as_staff(cast.claire).get(address(case.reference)), "Décider la recevabilité")
    officer = browser.as_staff(cast.nadia).get(address(case.reference))
    assertNotContains(officer, "Décider la recevabilité")
    assertContains(officer, "Réorienter")


def test_a_closed_case_speaks_in_the_past(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.redirect(case=case, reason="OTHER_BODY", body="MDPH", by=cast.nadia, at=at)
    shown = browser.as_staff(cast.claire).get(address(case.reference))
    assertContains(shown, "Réorientée vers")
    for words in ("personne ne suit encore", "À retenir avec la réponse"):
        assertNotContains(shown, words)


def test_every_date_of_the_ruler_explains_itself(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.ask_documents(
            case=case, labels=["Bail"], due_on=date(2099, 11, 27), by=cast.nadia, at=at + timedelta(days=2)
        )
        actions.await_decision(
            case=case, body="MDPH", reason="Taux", look_again_on=date(2099, 12, 1), by=cast.claire, at=at
        )
    page = browser.as_staff(cast.claire).get(address(case.reference)).content.decode()
    assert "Pièces attendues, pourquoi le 27\u00a0novembre\u00a02099\u00a0?" in page
    assert "Nadia Pruvost les a demandées le 11\u00a0novembre\u00a02026" in page
    assert "À revoir, pourquoi le 1er\u00a0décembre\u00a02099\u00a0?" in page
    assert "Réponse, pourquoi le" in page
    assert "Toutes les dates" in page


def test_a_document_just_received_is_marked_new(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        request = actions.ask_documents(
            case=case, labels=["Bail"], due_on=date(2099, 11, 27), by=cast.nadia, at=at + timedelta(days=2)
        )
        item = request.items.get()
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        actions.excuse_document(
            case=case, item=item, excuse="Perdu", by=cast.samira.as_actor(), at=at + timedelta(days=3)
        )
    assertContains(browser.as_staff(cast.claire).get(address(case.reference)), "Nouveau")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.read_news(case=case, by=cast.nadia, at=at + timedelta(days=4))
    assertNotContains(browser.get(address(case.reference)), "Nouveau")


def test_an_admissible_case_may_still_be_redirected(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.admit(case=case, notified_on=at.date(), by=cast.claire, at=at + timedelta(days=2))
    shown = browser.as_staff(cast.claire).get(address(case.reference))
    assertContains(shown, f"{address(case.reference)}recevabilite/", count=1)
    assertContains(shown, "Réorienter")
    assertContains(shown, f'{address(case.reference)}reponse/"', count=1)
