"""Two mediators write one reply; the network goes; somebody signs in again: nothing typed is lost."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor, violations
from tests.journeys.people import sign_in

STATUS = "[data-autosave-status]"


@contextmanager
def saving(page: Page) -> Iterator[None]:
    with page.expect_response(re.compile("/reponse/enregistrer/")) as answer:
        yield
    assert answer.value.ok
    expect(page.locator(STATUS)).to_contain_text("Enregistrée à")


def add(page: Page, words: str, *, at: str) -> None:
    """Type words at the beginning or at the end of the text."""
    body = page.locator("#id_body")
    body.focus()
    page.keyboard.press("Control+Home" if at == "start" else "Control+End")
    page.keyboard.type(words)


@pytest.fixture
def draft(visitor: Visitor) -> str:
    """The address of a reply begun by Nadia, in a case being studied without any."""
    page = visitor()
    sign_in(page, "Nadia Pruvost")
    page.goto("/bureau/")
    links = page.locator("a[href^='/bureau/dossiers/']").evaluate_all("all => all.map(a => a.pathname)")
    for case in dict.fromkeys(links):
        address = f"{case}reponse/"
        page.goto(address)
        if page.locator("[name=template]").count():
            page.locator("label[for=id_template_0]").click()
            page.locator("main form button").last.click()
        if page.locator("#id_body").count():
            return address
    pytest.fail("no case of Paris to answer")


def opened(visitor: Visitor, name: str, address: str, **options: bool) -> Page:
    page = visitor(**options)
    sign_in(page, name)
    page.goto(address)
    return page


def test_two_write_at_once_and_both_texts_stand(visitor: Visitor, draft: str) -> None:
    nadia, claire = opened(visitor, "Nadia Pruvost", draft), opened(visitor, "Claire Vasseur", draft)
    with saving(nadia):
        add(nadia, "De Nadia.\n\n", at="start")
    with saving(claire):
        add(claire, "\n\nDe Claire.", at="end")
    expect(claire.locator("#id_body")).to_have_value(re.compile(r"^De Nadia\.[\s\S]*De Claire\.$"))
    # Nadia, who types on, sees what Claire wrote come in.
    with saving(nadia):
        add(nadia, "Encore. ", at="start")
    expect(nadia.locator("#id_body")).to_have_value(re.compile(r"^Encore\. De Nadia\.[\s\S]*De Claire\.$"))
    assert violations(nadia) == []


def test_the_same_line_is_shown_twice_and_nobody_overwrites(visitor: Visitor, draft: str) -> None:
    nadia = opened(visitor, "Nadia Pruvost", draft)
    claire = opened(visitor, "Claire Vasseur", draft, javascript=False)
    with saving(nadia):
        nadia.locator("#id_title").fill("Le titre de Nadia")
    claire.locator("#id_title").fill("Le titre de Claire")
    claire.get_by_role("button", name="Enregistrer").first.click()
    assert "Le titre de Nadia" in claire.locator(".m-clash").inner_text()
    expect(claire.locator("#id_title")).to_have_value("Le titre de Claire")
    claire.get_by_role("button", name="Enregistrer").first.click()
    nadia.reload()
    expect(nadia.locator("#id_title")).to_have_value("Le titre de Claire")


def test_a_cut_network_keeps_the_page_and_saves_once_back(visitor: Visitor, draft: str) -> None:
    page = opened(visitor, "Claire Vasseur", draft)
    page.context.set_offline(True)
    add(page, " Dans le train.", at="end")
    page.get_by_role("button", name="Enregistrer").first.click()
    expect(page.locator(STATUS)).to_contain_text("vérifiez votre connexion")
    expect(page.locator("#id_body")).to_have_value(re.compile("Dans le train"))
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.evaluate("() => { location.href = '/bureau/' }")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    with saving(page):
        page.context.set_offline(False)
    page.reload()
    expect(page.locator("#id_body")).to_have_value(re.compile("Dans le train"))


def test_an_editor_open_across_a_new_sign_in_saves(visitor: Visitor, draft: str) -> None:
    page = opened(visitor, "Claire Vasseur", draft)
    other = page.context.new_page()
    other.context.clear_cookies()
    sign_in(other, "Claire Vasseur")
    add(page, " Après la connexion.", at="end")
    expect(page.locator(STATUS)).to_contain_text("Enregistrée à")
    with page.expect_navigation():
        page.get_by_role("button", name="Enregistrer").first.click()
    expect(page.locator("#id_body")).to_have_value(re.compile("Après la connexion"))
