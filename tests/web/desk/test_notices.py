"""The page where each chooses what they are written."""

from pytest_django.asserts import assertContains, assertRedirects

from mediane.attendance.models import NoticeWish
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn

PAGE = "/bureau/avis/"
CHOSEN = {
    "answered": "at_once",
    "assigned": "digest",
    "deadline": "never",
    "cover": "digest",
    "reading": "at_once",
    "version": "0",
}


def chosen(cast: Cast) -> list[tuple[int, str, list[int]]]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return list(NoticeWish.objects.values_list("member", "answered", "quiet_days"))


def test_one_chooses_and_is_told_it_is_kept(browser: SignedIn, cast: Cast) -> None:
    page = browser.as_staff(cast.nadia).get(PAGE)
    for words in ("nadia@caf.exemple", "Une réponse reçue", "Dans le résumé du matin", "mercredi"):
        assertContains(page, words)
    assertRedirects(browser.post(PAGE, CHOSEN | {"quiet": ["2", "4"]}), f"{PAGE}?enregistre=1")
    assert chosen(cast) == [(cast.nadia.id, "at_once", [2, 4])]
    assertContains(browser.get(f"{PAGE}?enregistre=1"), "Vos choix sont enregistrés")
    assertRedirects(browser.post(PAGE, CHOSEN | {"version": "1"}), f"{PAGE}?enregistre=1")
    assert chosen(cast) == [(cast.nadia.id, "at_once", [])]


def test_two_pages_of_one_person_lose_nothing(browser: SignedIn, cast: Cast) -> None:
    browser.as_staff(cast.nadia).post(PAGE, CHOSEN)
    late = browser.post(PAGE, CHOSEN | {"answered": "never"})
    assertContains(late, "Vos choix ont changé sur une autre page")
    assertContains(late, 'value="never" checked')
    assertContains(late, 'name="version" id="id_version" value="1"')


def test_what_is_no_choice_is_refused(browser: SignedIn, cast: Cast) -> None:
    browser.as_staff(cast.nadia)
    for differs in ({"answered": "by_pigeon"}, {"deadline": "at_once"}, {"cover": ""}, {"quiet": ["9"]}):
        page = browser.post(PAGE, CHOSEN | differs)
        assert page.status_code == 200
        assertContains(page, "à corriger")
    assert chosen(cast) == []


def test_the_page_costs_few_statements(browser: SignedIn, cast: Cast, django_assert_num_queries) -> None:
    browser.as_staff(cast.nadia).get(PAGE)
    # A savepoint and its end around: session, context, membership twice, choices.
    with django_assert_num_queries(7):
        browser.get(PAGE)
