"""What is typed keeps itself, whatever happens to the page, the session or the connection."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.people import sign_in

PAGE = "/saisir/demande/explication/"
WORDS = "On me retient 187 € par mois depuis l’été."


def writing(visitor: Visitor) -> Page:
    """Hugo, who has begun a request, on the page of his explanation."""
    page = visitor(width=768)
    sign_in(page, "Hugo Lemaire")
    page.goto(PAGE)
    return page


def type_words(page: Page, words: str) -> None:
    page.locator("[name=explanation]").fill("")
    page.locator("[name=explanation]").press_sequentially(words)


@contextmanager
def saving(page: Page) -> Iterator[None]:
    """Afterwards the server has what stands on the page, and the page says so."""
    with page.expect_response(re.compile("/saisir/enregistrer/")) as answer:
        yield
    assert answer.value.ok
    expect(page.locator("[data-autosave-status]")).to_contain_text("Enregistré à")


def kept(visitor: Visitor, words: str) -> None:
    """Read by a browser that knows nothing yet."""
    elsewhere = visitor(width=360, javascript=False)
    sign_in(elsewhere, "Hugo Lemaire")
    elsewhere.goto(PAGE)
    expect(elsewhere.locator("[name=explanation]")).to_have_value(words)


def test_what_was_typed_is_found_again_after_the_page_is_killed(visitor: Visitor) -> None:
    page = writing(visitor)
    with saving(page):
        type_words(page, WORDS)
    page.context.close()
    kept(visitor, WORDS)


def test_leaving_at_once_loses_nothing(visitor: Visitor) -> None:
    page = writing(visitor)
    words = WORDS + " Je pars vite."
    type_words(page, words)
    page.get_by_role("link", name="Mon espace").first.click()
    kept(visitor, words)


def test_a_lost_session_loses_nothing_of_what_was_saved(visitor: Visitor) -> None:
    page = writing(visitor)
    with saving(page):
        type_words(page, WORDS)
    page.context.clear_cookies()
    page.goto(PAGE)
    assert "/demonstration/" in page.url
    page.get_by_role("button", name=re.compile("Hugo Lemaire")).first.click()
    assert page.url.endswith(PAGE)
    expect(page.locator("[name=explanation]")).to_have_value(WORDS)


def test_words_typed_after_the_session_was_lost_stay_on_the_page_and_it_says_so(visitor: Visitor) -> None:
    page = writing(visitor)
    page.context.clear_cookies()
    type_words(page, WORDS + " Suite.")
    expect(page.locator("[data-autosave-status]")).to_contain_text("vous n’êtes plus connecté")
    expect(page.locator("[name=explanation]")).to_have_value(WORDS + " Suite.")


def test_a_connection_that_comes_back_saves_what_was_waiting(visitor: Visitor) -> None:
    page = writing(visitor)
    words = WORDS + " Dans le métro."
    page.context.set_offline(True)
    type_words(page, words)
    expect(page.locator("[data-autosave-status]")).to_contain_text("Pas encore enregistré")
    with saving(page):
        page.context.set_offline(False)
    kept(visitor, words)


def test_boxes_and_half_a_date_are_kept_as_they_stand(visitor: Visitor) -> None:
    page = writing(visitor)
    with saving(page):
        page.locator("[name=decision_on_day]").fill("31")
        page.locator("[name=decision_on_month]").fill("fév")
    page.goto("/saisir/demande/prestations-et-motifs/")
    before = page.locator("input:checked").count()
    with saving(page):
        page.locator(".m-choice:not(:has(:checked)) label").first.click()
    page.goto("/saisir/demande/prestations-et-motifs/")
    expect(page.locator("input:checked")).to_have_count(before + 1)
    page.goto(PAGE)
    expect(page.locator("[name=decision_on_day]")).to_have_value("31")
    expect(page.locator("[name=decision_on_month]")).to_have_value("fév")
