"""Notes and messages keep themselves: left, cut off, signed out, written by two at once, nothing is lost."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Product, Visitor, violations
from tests.journeys.looking import Watch, faults
from tests.journeys.people import sign_in

STATUS = "[data-autosave-status]"
NOTE = "#id_text"


@contextmanager
def saving(page: Page) -> Iterator[None]:
    with page.expect_response(re.compile("/textes/$")) as answer:
        yield
    assert answer.value.ok
    expect(page.locator(STATUS)).to_contain_text("Enregistré à")


@pytest.fixture
def case(visitor: Visitor) -> str:
    page = visitor()
    sign_in(page, "Nadia Pruvost")
    page.goto("/bureau/")
    return page.locator("a[href^='/bureau/dossiers/']").first.evaluate("one => one.pathname")


def opened(visitor: Visitor, name: str, address: str, **options: object) -> Page:
    page = visitor(**options)
    sign_in(page, name)
    page.goto(address)
    return page


def test_two_write_a_note_at_once_and_each_finds_their_own(visitor: Visitor, case: str) -> None:
    nadia, claire = (opened(visitor, name, f"{case}note/") for name in ("Nadia Pruvost", "Claire Vasseur"))
    for page, words in ((nadia, "Note de Nadia, à finir"), (claire, "Note de Claire, à finir")):
        with saving(page):
            page.locator(NOTE).press_sequentially(words)
    nadia.context.close()
    again = opened(visitor, "Nadia Pruvost", f"{case}note/")
    expect(again.locator(NOTE)).to_have_value("Note de Nadia, à finir")
    for page in (again, claire):
        page.get_by_role("button", name="Enregistrer la note").dblclick()
        page.wait_for_url(re.compile(f"{case}$"))
    again.reload()
    for words in ("Note de Nadia, à finir", "Note de Claire, à finir"):
        expect(again.get_by_text(words)).to_have_count(1)
    again.goto(f"{case}note/")
    expect(again.locator(NOTE)).to_have_value("")


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_what_comes_back_is_said_and_erased(
    visitor: Visitor, product: Product, case: str, width: int
) -> None:
    page = opened(visitor, "Claire Vasseur", f"{case}message/", width=width)
    with saving(page):
        page.locator("#id_body").press_sequentially("Bonjour, votre dossier")
    watch = Watch(page, product.url.removeprefix("http://"))
    page.reload()
    assert page.get_by_role("heading", name="Votre texte est revenu").is_visible()
    assert faults(page, watch) == []
    page.get_by_role("button", name="Effacer ce texte").click()
    expect(page.locator("#id_body")).to_have_value("")
    assert violations(page) == []


def test_signed_out_while_writing_the_text_stays_and_goes_once_signed_in_again(
    visitor: Visitor, case: str
) -> None:
    page = opened(visitor, "Nadia Pruvost", f"{case}note/")
    page.context.clear_cookies()
    page.locator(NOTE).press_sequentially("Écrite après la fin de la session")
    page.get_by_role("button", name="Enregistrer la note").click()
    expect(page.locator(STATUS)).to_contain_text("vous n’êtes plus connecté")
    expect(page.locator(NOTE)).to_have_value("Écrite après la fin de la session")
    elsewhere = page.context.new_page()
    sign_in(elsewhere, "Nadia Pruvost")
    page.bring_to_front()
    page.get_by_role("button", name="Enregistrer la note").click()
    page.wait_for_url(re.compile(f"{case}$"))
    expect(page.get_by_text("Écrite après la fin de la session")).to_have_count(1)


def test_without_a_script_what_was_kept_comes_back_and_is_sent(visitor: Visitor, case: str) -> None:
    page = opened(visitor, "Nadia Pruvost", f"{case}note/")
    with saving(page):
        page.locator(NOTE).press_sequentially("Commencée au bureau")
    plain = opened(visitor, "Nadia Pruvost", f"{case}note/", javascript=False)
    expect(plain.locator(NOTE)).to_have_value("Commencée au bureau")
    plain.get_by_role("button", name="Enregistrer la note").click()
    plain.goto(f"{case}note/")
    expect(plain.locator(NOTE)).to_have_value("")
    # The first window, left open, says that its text is no longer kept there rather than lose it.
    expect(page.locator(NOTE)).to_have_value("Commencée au bureau")
