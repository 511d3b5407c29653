"""Who may act for me: given in one form, taken back in one click."""

from datetime import datetime

from mediane.kit import rowsecurity
from mediane.mandates.models import Mandate, Scope
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.mandates.stories import MAUD, acting, given, protected
from tests.stories import a_case

HERE = "/espace/mandats/"


def typed(**differs: str) -> dict[str, str]:
    first = {"name": MAUD.name, "email": MAUD.email, "kind": "ASSOCIATION", "structure": MAUD.structure}
    return {**first, "covers": "toutes", **differs}


def test_given_in_one_form_and_open_at_once(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    assert browser.as_person(cast.samira).post(f"{HERE}donner/", typed())["Location"] == HERE
    page = browser.get(HERE).content.decode()
    assert MAUD.name in page
    assert "Pour toutes vos demandes" in page
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        mandate = Mandate.objects.select_related("representative").get()
    assert acting(mandate).get(f"/espace/{case.reference}/").status_code == 200


def test_for_one_request_only(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    browser.as_person(cast.samira).post(f"{HERE}donner/", typed(covers=case.reference))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        mandate = Mandate.objects.get()
        assert (mandate.scope, mandate.file_key_id) == (Scope.FILE, case.key_id)
    foreign = a_case(cast.lucette, at)
    page = browser.post(f"{HERE}donner/", typed(covers=foreign.reference)).content.decode()
    assert "govuk-error-summary" in page


def test_what_is_wrong_is_named_and_what_was_typed_stays(browser: SignedIn, cast: Cast) -> None:
    wrong = typed(email="maud@", ends_on_day="1", ends_on_month="2", ends_on_year="2020")
    page = browser.as_person(cast.samira).post(f"{HERE}donner/", wrong).content.decode()
    assert "Écrivez une adresse complète" in page
    assert "La fin du mandat ne peut pas précéder son début" in page
    assert f'value="{MAUD.name}"' in page


def test_given_twice_is_given_once(browser: SignedIn, cast: Cast) -> None:
    browser.as_person(cast.samira).post(f"{HERE}donner/", typed())
    page = browser.post(f"{HERE}donner/", typed()).content.decode()
    assert "peut déjà agir" in page
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Mandate.objects.count() == 1


def test_taken_back_in_one_click(browser: SignedIn, cast: Cast, at: datetime) -> None:
    mandate = given(cast.samira, at)
    click = f"{HERE}{mandate.public_id}/retirer/"
    assert browser.as_person(cast.samira).post(click)["Location"] == HERE
    page = browser.get(HERE).content.decode()
    assert "Personne d’autre que vous" in page
    assert "Mandats terminés (1)" in page
    assert "a déjà pris fin" in browser.post(click).content.decode()


def test_nobody_takes_back_another_s(browser: SignedIn, cast: Cast, at: datetime) -> None:
    mandate = given(cast.samira, at)
    assert browser.as_person(cast.lucette).post(f"{HERE}{mandate.public_id}/retirer/").status_code == 404


def test_a_protection_is_shown_and_only_a_judge_ends_it(browser: SignedIn, cast: Cast, at: datetime) -> None:
    mandate = protected(cast.lucette, cast.claire, at)
    page = browser.as_person(cast.lucette).get(HERE).content.decode()
    assert "lui seul peut y mettre fin" in page
    assert "Retirer ce mandat" not in page
    assert browser.post(f"{HERE}{mandate.public_id}/retirer/").status_code == 403
