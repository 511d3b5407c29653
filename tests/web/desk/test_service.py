from pytest_django.asserts import assertContains, assertNotContains

from tests.cast import Cast
from tests.conftest import SignedIn


def test_the_page_offers_what_opens_to_whoever_reads_it(browser: SignedIn, cast: Cast) -> None:
    assertContains(browser.as_staff(cast.claire).get("/bureau/service/"), "Années passées")
    shown = browser.as_staff(cast.nadia).get("/bureau/service/")
    assertContains(shown, "Personnes à rapprocher")
    assertNotContains(shown, "Années passées")


def test_the_bar_shows_the_place_of_each_of_its_pages(browser: SignedIn, cast: Cast) -> None:
    claire = browser.as_staff(cast.claire)
    for page in ("/bureau/service/", "/bureau/annees-passees/", "/bureau/personnes/", "/pilotage/tests/"):
        assertContains(claire.get(page), '<a href="/bureau/service/" aria-current="page">Service</a>')
