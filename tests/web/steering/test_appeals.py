"""The rules of the clock, and the word of each organisation on showing what they give."""

from datetime import datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from mediane.appeals.models import SignOff
from mediane.appeals.rules.law import PATHS
from tests.appeals.stories import signed_off
from tests.cast import Cast
from tests.conftest import SignedIn

URL = "/pilotage/delais-de-recours/"
GIVEN = {"choice": "montrer", "words": "Avis du service juridique du 3 novembre", "rank": "0"}


@pytest.mark.parametrize("who", ["claire", "nadia", "agnes", "helene"])
def test_everybody_of_the_house_reads_the_rules(browser: SignedIn, cast: Cast, who: str) -> None:
    page = browser.as_staff(getattr(cast, who)).get(URL)
    for path in PATHS:
        assertContains(page, path.label)
    assertContains(page, "ne voient pas")
    has_form = who in ("claire", "helene")
    (assertContains if has_form else assertNotContains)(page, 'name="choice"')


def test_the_mediator_signs_off_then_revokes(browser: SignedIn, cast: Cast) -> None:
    browser.as_staff(cast.claire)
    assert browser.post(URL, GIVEN).url == URL
    page = browser.get(URL)
    assertContains(page, "Claire Vasseur l’a validé.")
    assertContains(page, "Avis du service juridique du 3 novembre")
    hidden = {"choice": "cacher", "words": "Doute sur la loi du 26 mai", "rank": "1"}
    assert browser.post(URL, hidden).status_code == 302
    assertContains(browser.get(URL), "Claire Vasseur l’a retiré")
    assert SignOff.objects.count() == 2


@pytest.mark.parametrize("who", ["nadia", "agnes"])
def test_nobody_else_does(browser: SignedIn, cast: Cast, who: str) -> None:
    assert browser.as_staff(getattr(cast, who)).post(URL, GIVEN).status_code == 403


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"choice": ""}, "Choisissez ce que voient les personnes"),
        ({"choice": "autre"}, "Choisissez ce que voient les personnes"),
        ({"words": ""}, "Dites sur quel avis"),
        ({"words": "a" * 301}, "trop long"),
    ],
)
def test_what_is_typed_wrong_is_said_and_kept(
    browser: SignedIn, cast: Cast, differs: dict[str, str], sentence: str
) -> None:
    page = browser.as_staff(cast.claire).post(URL, GIVEN | differs)
    assertContains(page, sentence)
    assert not SignOff.objects.exists()


def test_whoever_comes_second_is_told(browser: SignedIn, cast: Cast, at: datetime) -> None:
    signed_off(cast, at)
    page = browser.as_staff(cast.claire).post(URL, GIVEN | {"choice": "cacher"})
    assertContains(page, "Claire Vasseur a décidé entre-temps de montrer la date")
    assertContains(page, 'name="rank" id="id_rank" value="1"')


def test_a_caf_reads_that_the_national_mediation_decided(browser: SignedIn, cast: Cast) -> None:
    browser.as_staff(cast.helene).post(URL, GIVEN)
    page = browser.as_staff(cast.claire).get(URL)
    assertContains(page, "pour la médiation nationale, votre Caf n’ayant rien décidé")
    assertContains(page, "Les personnes voient la date calculée.")


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_costs_the_same(
    browser: SignedIn, cast: Cast, at: datetime, rows: int, django_assert_num_queries
) -> None:
    for rank in range(rows):
        signed_off(cast, at, is_given=not rank % 2, seen_rank=rank)
    browser.as_staff(cast.claire).get(URL)
    # Three to open the door; what was decided, what stands; and one savepoint with its end.
    with django_assert_num_queries(3 + 2 + 2):
        browser.get(URL)
