"""Social facts on the desk: three rows of choices, each of which may stay empty."""

from datetime import datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from mediane.casework.models import Case, SocialFacts
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_studied_case


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.nadia, at)


def address(case: Case, page: str = "donnees-sociales/") -> str:
    return f"/bureau/dossiers/{case.reference}/{page}"


def test_they_are_noted_in_one_page_and_read_on_the_case(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.nadia)
    assertContains(browser.get(address(case, "")), "Facultatives, pour les statistiques seules.")
    sent = browser.post(
        address(case), {"version": case.version, "household": "COUPLE", "age": "NONE", "quotient": ""}
    )
    assert sent.url == address(case, "")
    shown = browser.get(sent.url)
    assertContains(shown, "Couple sans enfant")
    assertNotContains(shown, "Facultatives, pour les statistiques seules.")
    assertContains(browser.get(address(case)), 'value="COUPLE" checked')


def test_what_is_not_of_the_list_is_refused(browser: SignedIn, cast: Cast, case: Case) -> None:
    sent = browser.as_staff(cast.nadia).post(address(case), {"version": case.version, "age": "37"})
    assertContains(sent, "Choisissez une réponse de la liste")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not SocialFacts.objects.exists()


def test_an_older_page_changes_nothing_and_keeps_what_was_chosen(
    browser: SignedIn, cast: Cast, case: Case
) -> None:
    seen = case.version
    browser.as_staff(cast.claire).post(address(case), {"version": seen, "age": "50_59"})
    late = browser.as_staff(cast.nadia).post(address(case), {"version": seen, "age": "40_49"})
    assertContains(late, "Cela n’a pas été fait")
    assertContains(late, 'value="40_49" checked')
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert SocialFacts.objects.get().age == "50_59"


def test_the_person_does_not_read_them(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.nadia).post(
        address(case), {"version": case.version, "household": "COUPLE_CHILDREN"}
    )
    shown = SignedIn().as_person(cast.samira).get(f"/suivi/{case.reference}/")
    assertNotContains(shown, "Couple avec enfants", status_code=shown.status_code)
    assertNotContains(shown, "Données sociales", status_code=shown.status_code)
