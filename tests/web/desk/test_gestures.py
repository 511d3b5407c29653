import re
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mediane.casework import actions
from mediane.casework.models import Case
from mediane.casework.states import State
from mediane.journal.rules import Actor
from mediane.kit import clock, rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_studied_case

SOON = {"day": "15", "month": "12", "year": str(clock.today().year + 1)}
DATE = {f"due_on_{part}": value for part, value in SOON.items()}
AGAIN = {f"look_again_on_{part}": value for part, value in SOON.items()}
# page: what is typed, and what must still stand on the page after a refusal.
TYPED: dict[str, tuple[dict[str, object], str]] = {
    "attribution": ({"to": "{amine}"}, "checked"),
    "lecture": ({}, "Marquer comme lu"),
    "message": ({"body": "Bonjour Madame, votre dossier avance."}, "Bonjour Madame, votre dossier avance."),
    "pieces": (
        {"suggested": ["Avis d’imposition"], "others": "Bail signé", "words": "Merci", **DATE},
        "Bail signé",
    ),
    "attente": ({"body": "MDPH", "reason": "Taux d’incapacité", **AGAIN}, "Taux d’incapacité"),
}


def page(case: Case, gesture: str) -> str:
    return f"/bureau/dossiers/{case.reference}/{gesture}/"


def state_of(case: Case, cast: Cast) -> str:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return Case.objects.get(pk=case.pk).state


def version_on(shown: HttpResponse) -> str:
    found = re.search(r'name="version"[^>]*value="(\d+)"', shown.content.decode())
    assert found is not None
    return found.group(1)


def acts(actor: Actor, case: Case, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(actor.organisation_id)):
        actions.write_to_person(case=case, body="Bonjour", by=actor, at=at)


def test_what_has_no_page_of_its_own_leads_back_to_where_it_was_written() -> None:
    for written_on, led_to in (
        ("http://testserver/bureau/?vue=miens", "/bureau/?vue=miens&perdu=1"),
        ("http://elsewhere.example/bureau/", "/bureau/attribuer/?perdu=1"),
    ):
        lost = Client().post("/bureau/attribuer/", headers={"referer": written_on})
        assert parse_qs(urlsplit(lost.headers["Location"]).query)["suite"] == [led_to]


def test_what_is_sent_without_a_session_says_on_return_that_it_may_be_lost(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    lost = Client().post(page(case, "note"), {"text": "À rappeler"})
    suite = parse_qs(urlsplit(lost.headers["Location"]).query)["suite"][0]
    assert suite == f"{page(case, 'note')}?perdu=1"
    browser.as_staff(cast.claire)
    assertContains(browser.get(suite), "n’est peut-être pas gardé", 1)
    assertNotContains(browser.get(page(case, "note")), "n’est peut-être pas gardé")
    assertNotContains(browser.post(suite, {"text": ""}), "n’est peut-être pas gardé")


@pytest.mark.parametrize("gesture", TYPED)
def test_the_second_is_told_who_was_first_and_keeps_the_text(
    browser: SignedIn, cast: Cast, at: datetime, gesture: str
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    typed = {key: cast.amine.id if value == "{amine}" else value for key, value in TYPED[gesture][0].items()}
    browser.as_staff(cast.claire)
    before = version_on(browser.get(page(case, gesture)))
    acts(cast.nadia, case, at + timedelta(days=2))

    refused = browser.post(page(case, gesture), {**typed, "version": before})

    assertContains(refused, "Nadia Pruvost a agi sur ce dossier le 11\u00a0novembre\u00a02026")
    assertContains(refused, TYPED[gesture][1])
    again = browser.post(page(case, gesture), {**typed, "version": version_on(refused)})
    assertRedirects(again, f"/bureau/dossiers/{case.reference}/", fetch_redirect_response=False)


def test_the_second_to_take_up_comes_too_late(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    browser.as_staff(cast.nadia).post(page(case, "prise-en-charge"), {"version": "2"})
    refused = browser.as_staff(cast.claire).post(page(case, "prise-en-charge"), {"version": "2"})
    assertContains(refused, "Nadia Pruvost a agi sur ce dossier")
    again = browser.post(page(case, "prise-en-charge"), {"version": version_on(refused)})
    assertContains(again, "Impossible de prendre en charge.")


def test_nobody_takes_up_a_case_that_changed_since_it_was_read(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_case(cast.samira, at)
    browser.as_staff(cast.claire)
    seen = version_on(browser.get(page(case, "prise-en-charge")))
    acts(cast.nadia, case, at)
    assertContains(browser.post(page(case, "prise-en-charge"), {"version": seen}), "a agi sur ce dossier")
    assert state_of(case, cast) == State.RECEIVED


def test_waiting_and_resuming(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    browser.as_staff(cast.nadia)
    version = version_on(browser.get(page(case, "attente")))
    browser.post(page(case, "attente"), {**TYPED["attente"][0], "version": version})
    assert state_of(case, cast) == State.AWAITING_DECISION
    version = version_on(browser.get(page(case, "reprise")))
    acts(cast.claire, case, clock.now())
    refused = browser.post(page(case, "reprise"), {"version": version, "because": "Assez attendu"})
    assertContains(refused, "Claire Vasseur a agi sur ce dossier")
    sent = {"version": version_on(refused), "because": "La MDPH répond en janvier"}
    assertContains(browser.post(page(case, "reprise"), sent | {"because": ""}), "Dites pourquoi")
    browser.post(page(case, "reprise"), sent)
    assert state_of(case, cast) == State.UNDER_STUDY


def test_documents_asked_then_lifted(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    browser.as_staff(cast.nadia)
    asked = browser.get(page(case, "pieces"))
    browser.post(page(case, "pieces"), {**TYPED["pieces"][0], "version": version_on(asked)})
    assert state_of(case, cast) == State.AWAITING_BENEFICIARY
    shown = browser.get(page(case, "pieces/levee"))
    assertContains(shown, "Avis d’imposition, Bail signé")
    request = re.search(r'name="request" value="(\d+)"', shown.content.decode())
    assert request is not None
    sent = {"request": request.group(1), "because": "Reçu par la CAF", "version": version_on(shown)}
    acts(cast.claire, case, clock.now())
    refused = browser.post(page(case, "pieces/levee"), sent)
    assertContains(refused, "Claire Vasseur a agi sur ce dossier")
    browser.post(page(case, "pieces/levee"), sent | {"version": version_on(refused)})
    assert state_of(case, cast) == State.UNDER_STUDY


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"suggested": [], "others": " \n - "}, "Indiquez au moins un document à demander"),
        ({"due_on_year": "2020"}, "Choisissez un jour à venir"),
        ({"due_on_year": "2099"}, "Choisissez un jour plus proche"),
        ({"others": "x" * 121}, "120 caractères au plus"),
    ],
)
def test_a_request_says_what_to_correct_and_keeps_the_rest(
    browser: SignedIn, cast: Cast, at: datetime, differs: dict[str, object], sentence: str
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    browser.as_staff(cast.claire)
    version = version_on(browser.get(page(case, "pieces")))
    shown = browser.post(page(case, "pieces"), TYPED["pieces"][0] | differs | {"version": version})
    assertContains(shown, sentence)
    assertContains(shown, "Merci")
    assert state_of(case, cast) == State.UNDER_STUDY


def test_a_note_stays_in_the_service(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    browser.as_staff(cast.nadia).post(page(case, "note"), {"text": "Voir la CRA", "version": "1"})
    assertContains(browser.get(f"/bureau/dossiers/{case.reference}/"), "Voir la CRA")


def test_gestures_on_a_foreign_case_lead_nowhere(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    browser.as_staff(cast.remi)
    for gesture in (*TYPED, "prise-en-charge", "note", "pieces/levee", "reprise"):
        assert browser.get(page(case, gesture)).status_code == 404
        assert browser.post(page(case, gesture), {"version": "2"}).status_code == 404
    assert state_of(case, cast) == State.RECEIVED


def test_a_message_never_says_more_than_its_author_wrote(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    browser.as_staff(cast.claire)
    shown = browser.post(page(case, "message"), {"body": "  ", "version": "3"})
    assertContains(shown, "Écrivez votre message")
    assertNotContains(browser.get(f"/bureau/dossiers/{case.reference}/"), "Message de Claire Vasseur")


@pytest.mark.parametrize("gesture", ["attribution", "pieces", "attente", "reprise", "pieces/levee"])
def test_a_closed_case_says_so_before_anything_is_typed(
    browser: SignedIn, cast: Cast, at: datetime, gesture: str
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.withdraw(case=case, by=cast.claire, at=at + timedelta(days=2))
    shown = browser.as_staff(cast.claire).get(page(case, gesture))
    assertContains(shown, "Ce dossier est clos")
    assertNotContains(shown, '<form method="post" novalidate>')
