import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest

from mediane.casework import actions as casework
from mediane.casework.models import Admissibility, Case, LitigationEnd, Reorientation
from mediane.casework.states import State
from mediane.correspondence.models import Kind, Letter
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_studied_case

DATE = {"notified_on_day": "12", "notified_on_month": "11", "notified_on_year": "2026"}
NOON = datetime.fromisoformat("2026-11-12T11:00:00+00:00")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mediane.kit.clock.now", lambda: NOON)


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


def address(case: Case, page: str = "recevabilite") -> str:
    return f"/bureau/dossiers/{case.reference}/{page}/"


def texts(page: str) -> dict[str, str]:
    """Every text area of a page, as a browser would send it."""
    return {
        name: unescape(text)
        for name, text in re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\n(.*?)</textarea>', page, re.S)
    }


def filled(browser: SignedIn, case: Case, verdict: str, **more: Any) -> dict[str, Any]:
    """The form as the page gives it, with a verdict chosen."""
    return (
        texts(browser.get(address(case)).content.decode())
        | DATE
        | {"version": case.version, "verdict": verdict}
        | more
    )


def without_token(page: bytes) -> bytes:
    return re.sub(rb'(csrfmiddlewaretoken" value=|nonce=)"[^"]+"', b"", page)


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def test_what_the_law_asks_is_shown_beside_the_decision(browser: SignedIn, cast: Cast, case: Case) -> None:
    page = browser.as_staff(cast.claire).get(address(case)).content.decode()
    assert "Une réclamation préalable a été faite" in page
    assert "26-884120" in page
    assert "interrompu\u00a0: un nouveau délai entier partira à la fin de la médiation" in page
    assert "Aide au calcul, à vérifier." in page
    assert "On me retient 187\u00a0€" in page.replace("187 €", "187\u00a0€")


def test_admissible_is_decided_and_notified_in_one_act(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.claire)
    answer = browser.post(address(case), filled(browser, case, "admissible"))

    assert (answer.status_code, answer.url) == (302, f"/bureau/dossiers/{case.reference}/")
    with in_paris(cast):
        assert Admissibility.objects.get(case=case).verdict == "admissible"
        letter = Letter.objects.get(case=case)
    assert (letter.kind, letter.signed_by) == (Kind.ADMISSIBLE, "Claire Vasseur")
    assert "9\u00a0décembre\u00a02026" in letter.body


def test_inadmissible_says_why_and_what_to_do(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.claire)
    browser.post(address(case), filled(browser, case, "inadmissible", reason="NO_PRIOR_STEP"))

    with in_paris(cast):
        letter = Letter.objects.get(case=case)
        assert Case.objects.get(pk=case.pk).state == State.INADMISSIBLE
    assert "Vous n’avez pas encore fait de réclamation" in letter.body
    assert "compte caf.fr" in letter.body


def test_an_officer_may_redirect(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.nadia)
    page = browser.get(address(case)).content.decode()
    assert "La recevabilité revient à" in page
    assert '<h1 class="m-h1">Réorienter la demande</h1>' in page
    assert re.search(r'value="redirected"[^>]* checked', page)
    assert 'value="admissible"' not in page
    browser.post(address(case), filled(browser, case, "redirected", scope_reason="OTHER_BODY", body="MDPH"))

    with in_paris(cast):
        assert Reorientation.objects.get(case=case).body == "MDPH"
        letter = Letter.objects.get(case=case)
    assert "adressez-vous à\u00a0: la MDPH." in letter.body
    assert letter.signed_as == "Référente de la Caf de Paris"


def test_an_officer_does_not_decide(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.nadia)
    assert (
        browser.post(address(case), filled(browser, case, "admissible", admissible="Oui.")).status_code == 403
    )
    with in_paris(cast):
        assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        ("", "Choisissez une décision."),
        ("inadmissible", "Choisissez le motif d’irrecevabilité."),
        ("redirected", "Choisissez l’organisme compétent."),
    ],
)
def test_what_is_missing_is_said_and_the_text_is_kept(
    browser: SignedIn, cast: Cast, case: Case, verdict: str, sentence: str
) -> None:
    browser.as_staff(cast.claire)
    answer = browser.post(address(case), filled(browser, case, verdict, inadmissible="Mes mots à moi"))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count(sentence) == 2
    assert "Mes mots à moi" in page


def test_a_bracket_left_in_the_letter_decides_nothing(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.claire)
    answer = browser.post(address(case), filled(browser, case, "admissible", admissible="Madame, [à voir]"))

    assert "«\u00a0[à voir]\u00a0» reste à écrire ou à retirer." in answer.content.decode()
    with in_paris(cast):
        assert not Admissibility.objects.exists()
        assert not Letter.objects.exists()


def test_the_second_is_told_who_acted_and_keeps_the_text(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    browser.as_staff(cast.claire)
    sent = filled(browser, case, "admissible", admissible="Le texte que j’ai écrit")
    with in_paris(cast):
        casework.write_to_person(case=case, body="Bonjour", by=cast.nadia, at=at + timedelta(days=2))
    answer = browser.post(address(case), sent)

    page = answer.content.decode()
    assert "Nadia Pruvost a agi sur ce dossier le 11\u00a0novembre\u00a02026" in page
    assert "Le texte que j’ai écrit" in page
    with in_paris(cast):
        assert f'name="version" value="{Case.objects.get(pk=case.pk).version}"' in page


def test_a_decision_is_taken_once(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.claire)
    sent = filled(browser, case, "admissible")
    browser.post(address(case), sent)
    with in_paris(cast):
        version = Case.objects.get(pk=case.pk).version
    answer = browser.post(address(case), sent | {"version": version})

    assert "Claire Vasseur a déjà décidé" in answer.content.decode()
    with in_paris(cast):
        assert Letter.objects.count() == 1


def test_another_caf_finds_nothing(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.remi)
    for page in ("recevabilite", "tribunal", "retrait", "reponse", "reponse/signer"):
        foreign = browser.get(address(case, page))
        unknown = browser.get(f"/bureau/dossiers/2222-2222/{page}/")
        assert (foreign.status_code, unknown.status_code) == (404, 404)
        assert without_token(foreign.content) == without_token(unknown.content)


def test_a_court_ends_the_mediation_with_its_letter(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.nadia)
    text = texts(browser.get(address(case, "tribunal")).content.decode())["letter"]
    date = {"seized_on_day": "10", "seized_on_month": "11", "seized_on_year": "2026"}
    sent = date | {"version": case.version, "evidence": "Copie de la requête", "letter": text}
    browser.post(address(case, "tribunal"), sent)

    with in_paris(cast):
        assert Case.objects.get(pk=case.pk).state == State.ENDED_BY_LITIGATION
        assert LitigationEnd.objects.get(case=case).evidence == "Copie de la requête"
        assert "saisi le 10\u00a0novembre\u00a02026" in Letter.objects.get(case=case).body


def test_a_withdrawal_on_paper_is_confirmed(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.nadia)
    assert "Cochez la case" in browser.post(address(case, "retrait"), {}).content.decode()
    browser.post(address(case, "retrait"), {"confirmed": "on"})
    with in_paris(cast):
        assert Case.objects.get(pk=case.pk).state == State.WITHDRAWN


def test_the_page_costs_the_same_whatever_the_past(
    browser: SignedIn, cast: Cast, case: Case, at: datetime, django_assert_max_num_queries: Any
) -> None:
    browser.as_staff(cast.claire)
    browser.get(address(case))
    with in_paris(cast):
        for n in range(20):
            casework.write_to_person(case=case, body=f"Message {n}", by=cast.nadia, at=at + timedelta(days=2))
    with django_assert_max_num_queries(17):
        browser.get(address(case))
