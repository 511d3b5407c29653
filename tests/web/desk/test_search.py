from datetime import datetime

from pytest_django.asserts import assertContains, assertRedirects

from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case

URL = "/bureau/recherche/"


def test_results_come_without_anything_in_the_address(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    shown = browser.as_staff(cast.claire).post(URL, {"q": "belkacem"})
    assert shown.status_code == 200
    assertContains(shown, case.reference)
    assertContains(shown, "Par nom")
    assertRedirects(browser.get(f"{URL}?q=belkacem"), "/bureau/")


def test_nothing_found_says_what_to_try(browser: SignedIn, cast: Cast, at: datetime) -> None:
    shown = browser.as_staff(cast.claire).post(URL, {"q": "<script>"})
    assertContains(shown, "Aucun dossier trouvé")
    assertContains(shown, "&lt;script&gt;")
