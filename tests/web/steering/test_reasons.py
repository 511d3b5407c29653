"""Precise reasons of a year, benefit by benefit."""

from datetime import date

from pytest_django.asserts import assertContains, assertNotContains

from tests.cast import Cast
from tests.conftest import SignedIn
from tests.web.steering.counted import a_fact, count

PAGE = "/pilotage/raisons/"


def test_each_benefit_has_its_paragraph_and_its_table(
    browser: SignedIn, cast: Cast, django_assert_max_num_queries
) -> None:
    day = date(2025, 3, 4)
    facts = [a_fact(day, benefits=("AAH",), reason="PENSION_NOTICE") for _ in range(3)]
    facts += [a_fact(day, benefits=("AAH",)), a_fact(day, benefits=("RSA",))]
    count(cast.paris, facts)
    browser.as_staff(cast.agnes).get(f"{PAGE}?annee=2025")  # the lists in words are read once
    with django_assert_max_num_queries(8):
        shown = browser.get(f"{PAGE}?annee=2025")
    assertContains(shown, "Avis de pension de novembre manquant")
    assertContains(shown, "la raison précise est connue pour 3\u00a0saisines.")
    assertContains(shown, "RSA\u00a0: 1\u00a0saisine traitée, sans raison précise notée.")
    assertContains(browser.get(f"{PAGE}?annee=2024"), "Aucune raison précise en 2024")
    assertNotContains(SignedIn().as_staff(cast.remi).get(f"{PAGE}?annee=2025"), "Avis de pension")


def test_a_year_that_is_none_is_this_one(browser: SignedIn, cast: Cast) -> None:
    for asked in ("", "abc", "1789", "²"):
        assert browser.as_staff(cast.helene).get(PAGE, {"annee": asked}).status_code == 200
