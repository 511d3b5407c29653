"""The second reading, on its pages."""

from datetime import datetime
from typing import Any

import pytest

from mediane.casework.models import Case
from mediane.correspondence import actions
from mediane.correspondence.actions import Edit
from mediane.correspondence.models import Letter
from mediane.correspondence.queries import draft_reply_of
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.letters import LETTER
from tests.stories import a_studied_case

NOON = datetime.fromisoformat("2026-11-12T11:00:00+00:00")
TODAY = {"effective_from_day": "12", "effective_from_month": "11", "effective_from_year": "2026"}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mediane.kit.clock.now", lambda: NOON)


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


def address(case: Case, page: str = "") -> str:
    return f"/bureau/dossiers/{case.reference}/reponse/{page}"


@pytest.fixture
def draft(browser: SignedIn, cast: Cast, case: Case) -> Letter:
    """Written by Claire, in a service that wants a second reading."""
    browser.as_staff(cast.claire).post("/bureau/service/relecture/", TODAY | {"is_wanted": "yes"})
    browser.post(address(case), {"template": "reply-revised"})
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        letter = draft_reply_of(case)
        assert letter is not None
        edit = Edit("La Caf révise", LETTER, letter.version)
        actions.save_reply(letter=letter, edit=edit, by=cast.claire, at=NOON)
        return letter


def test_a_letter_is_sent_to_be_read_sent_back_then_approved_and_signed(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter
) -> None:
    page = browser.get(address(case, "signer/")).content.decode()
    assert "ce qu’a écrit Claire Vasseur n’a pas été relu" in page
    assert "Signer et envoyer" not in page
    browser.post(address(case), {"version": 2, "title": "La Caf révise", "body": LETTER, "ask": ""})
    browser.as_staff(cast.nadia)
    assert case.reference in browser.get("/bureau/service/relecture/").content.decode()

    refused = browser.post(address(case, "relire/"), {"version": 3, "verdict": "send_back"})
    assert "Dites ce qui est à reprendre." in refused.content.decode()
    said = {"version": 3, "verdict": "send_back", "remarks": "Dites aussi le mois."}
    browser.post(address(case, "relire/"), said)
    assert "Dites aussi le mois." in browser.as_staff(cast.claire).get(address(case)).content.decode()

    browser.as_staff(cast.nadia).post(address(case, "relire/"), {"version": 3, "verdict": "approve"})
    page = browser.as_staff(cast.claire).get(address(case, "signer/")).content.decode()
    assert "Signer et envoyer" in page


def test_who_wrote_it_is_told_that_somebody_else_reads(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter
) -> None:
    page = browser.get(address(case, "relire/")).content.decode()
    assert "Une autre personne doit relire" in page
    assert "Approuver" not in page
    sent = {"version": 2, "verdict": "approve", "remarks": "Rien à dire"}
    refused = browser.post(address(case, "relire/"), sent).content.decode()
    assert "Vous avez écrit ce qui reste à relire" in refused


def test_a_text_changed_meanwhile_is_read_again_and_the_remarks_stay(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter
) -> None:
    sent = {"version": 1, "verdict": "approve", "remarks": "Très bien"}
    page = browser.as_staff(cast.nadia).post(address(case, "relire/"), sent).content.decode()
    assert "Relisez-la." in page
    assert "Très bien" in page
    assert 'name="version" value="2"' in page


def test_the_choice_is_the_mediators_and_a_wrong_day_is_kept(browser: SignedIn, cast: Cast, db: None) -> None:
    page = "/bureau/service/relecture/"
    assert "Ce choix revient à" in browser.as_staff(cast.nadia).get(page).content.decode()
    assert browser.post(page, TODAY | {"is_wanted": "yes"}).status_code == 403
    past = TODAY | {"effective_from_day": "11", "is_wanted": "yes"}
    refused = browser.as_staff(cast.claire).post(page, past).content.decode()
    assert "Choisissez aujourd’hui ou un jour à venir." in refused
    assert 'value="11"' in refused
    browser.post(page, TODAY | {"is_wanted": "yes"})
    assert "En vigueur" in browser.get(page).content.decode()


def test_the_page_of_a_reading_costs_little(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter, django_assert_max_num_queries: Any
) -> None:
    browser.get(address(case))
    for page in (address(case), address(case, "relire/"), "/bureau/service/relecture/"):
        with django_assert_max_num_queries(16):
            assert browser.get(page).status_code == 200
