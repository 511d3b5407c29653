from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mediane.journal.models import Entry
from mediane.kit import rowsecurity
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


def test_a_search_is_journaled_without_what_was_typed(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    browser.as_staff(cast.nadia).post(URL, {"q": "Belkacem"})
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        line = Entry.objects.get(verb="search")
    assert (line.actor_name, line.subject) == ("Nadia Pruvost", "name")
    assert line.details == {"count": "1", "shown": case.reference}
    assert "elkacem" not in str(vars(line))


def test_whatever_is_typed_breaks_nothing(browser: SignedIn, cast: Cast) -> None:
    browser.as_staff(cast.claire)
    for typed in ("a\x00b", "bel & | ! (", "\u202e", "🙂", "㌀" * 200, "x" * 100_000):
        assert browser.post(URL, {"q": typed}).status_code == 200


def test_a_search_too_long_is_said_and_stays_whole(browser: SignedIn, cast: Cast) -> None:
    browser.as_staff(cast.claire)
    typed = " ".join(["Retenues"] * 22) + " fin-du-texte"
    assert len(typed) > 200
    shown = browser.post(URL, {"q": typed})
    assertContains(
        shown, f"Votre recherche compte {len(typed)}\u00a0caractères\u00a0: gardez-en 200 au plus", 2
    )
    assertContains(shown, f">\n{typed}</textarea>")
    assertContains(browser.post(URL, {"q": "x" * 200}), "Aucun dossier trouvé")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Entry.objects.filter(verb="search").count() == 1


def test_a_reference_copied_wrong_is_told_apart(browser: SignedIn, cast: Cast) -> None:
    browser.as_staff(cast.claire)
    assertContains(browser.post(URL, {"q": "K7MQ-4TRY"}), "Cette référence comporte une erreur")
    for other in ("4817263A", "Dupont 2", "rappelés"):
        assertNotContains(browser.post(URL, {"q": other}), "Cette référence comporte une erreur")
    assertRedirects(browser.post(URL, {"q": "  "}), "/bureau/")


def test_a_search_costs_the_same_whatever_it_finds(browser: SignedIn, cast: Cast, at: datetime) -> None:
    browser.as_staff(cast.claire)
    counts = []
    for cases in (1, 19):
        for hour in range(cases):
            a_case(cast.samira, at + timedelta(hours=cases + hour))
        browser.post(URL, {"q": "belkasem retenue"})
        with CaptureQueriesContext(connection) as heard:
            assertContains(browser.post(URL, {"q": "belkasem retenue"}), "Par nom proche")
        counts.append(len(heard))
    assert counts[0] == counts[1] <= 11
