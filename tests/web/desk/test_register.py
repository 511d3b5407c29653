"""What the register was not told yet, as the mediator follows it."""

from datetime import datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mediane.casework import actions as casework
from mediane.complaints.rules import NoRegister, RegisterRefuses, RegisterUnavailable
from mediane.jobs import tasks
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_studied_case

URL = "/bureau/grc/"


class Refuses(NoRegister):
    def tell(self, **_: object) -> None:
        raise RegisterRefuses


class Silent(NoRegister):
    def tell(self, **_: object) -> None:
        raise RegisterUnavailable


class Hears(NoRegister):
    def tell(self, **_: object) -> None:
        """It has it."""


def test_without_anything_to_tell_the_page_says_so(browser: SignedIn, cast: Cast) -> None:
    assertContains(browser.as_staff(cast.claire).get(URL), "La GRC sait tout")


@pytest.mark.parametrize(
    ("register", "words"), [("Silent", "Pas de réponse"), ("Refuses", "Refusé par la GRC")]
)
def test_a_fact_that_did_not_pass_is_listed_with_its_failure(
    browser: SignedIn, cast: Cast, at: datetime, settings, register: str, words: str
) -> None:
    settings.COMPLAINT_REGISTER = f"{__name__}.{register}"
    case = a_case(cast.samira, at)
    tasks.tell_waiting_facts(timestamp=0)
    shown = browser.as_staff(cast.claire).get(URL)
    for part in (case.reference, "Samira Belkacem", "Demande reçue", words, "Réessayer"):
        assertContains(shown, part)
    assertNotContains(shown, "La GRC n’est pas reliée")


class RefusesTheFirst(NoRegister):
    def tell(self, *, fact: str, **_: object) -> None:
        raise RegisterRefuses if fact == "registered" else RegisterUnavailable


def test_what_is_put_aside_is_told_apart_from_what_waits_its_turn(
    browser: SignedIn, cast: Cast, at: datetime, settings
) -> None:
    settings.COMPLAINT_REGISTER = f"{__name__}.RefusesTheFirst"
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.reject(case=case, reason="UNCLEAR", notified_on=at.date(), by=cast.claire, at=at)
    tasks.tell_waiting_facts(timestamp=0)
    shown = browser.as_staff(cast.claire).get(URL)
    assertContains(shown, "Réessayer", count=1)
    for words in ("Refusé par la GRC", "Pas de réponse", "Au prochain passage", "Après le fait précédent"):
        assertContains(shown, words)


def test_another_try_is_asked_and_journaled_and_empties_the_page(
    browser: SignedIn, cast: Cast, at: datetime, settings
) -> None:
    settings.COMPLAINT_REGISTER = f"{__name__}.Silent"
    case = a_case(cast.samira, at)
    claire = browser.as_staff(cast.claire)
    for _ in range(2):
        asked = claire.post(f"{URL}{case.reference}/essai/")
        assertRedirects(asked, f"{URL}?essai={case.reference}", fetch_redirect_response=False)
    assertContains(claire.get(asked.headers["Location"]), "Nouvel essai demandé")
    settings.COMPLAINT_REGISTER = f"{__name__}.Hears"
    tasks.tell_waiting_facts(timestamp=0)
    assertContains(claire.get(URL), "La GRC sait tout")


def test_a_caf_without_a_register_is_told_that_facts_wait(
    browser: SignedIn, cast: Cast, at: datetime, settings
) -> None:
    settings.COMPLAINT_REGISTER = "mediane.complaints.rules.NoRegister"
    a_case(cast.samira, at)
    assertContains(browser.as_staff(cast.claire).get(URL), "La GRC n’est pas reliée")


def test_only_the_mediator_of_the_caf_follows_it(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    nadia = browser.as_staff(cast.nadia)
    assert nadia.get(URL).status_code == 403
    assert nadia.post(f"{URL}{case.reference}/essai/").status_code == 403
    assertNotContains(nadia.get("/bureau/courrier/"), URL)
    remi = browser.as_staff(cast.remi)
    assertNotContains(remi.get(URL), case.reference)
    assert remi.post(f"{URL}{case.reference}/essai/").status_code == 404


@pytest.mark.parametrize("known", [1, 12])
def test_the_page_costs_the_same_for_many(
    browser: SignedIn, cast: Cast, at: datetime, known: int, django_assert_num_queries
) -> None:
    for _ in range(known):
        a_case(cast.samira, at)
    claire = browser.as_staff(cast.claire)
    claire.get(URL)
    with django_assert_num_queries(PAGE):
        claire.get(URL)


PAGE = 7
