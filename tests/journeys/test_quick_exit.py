"""Leaving in a hurry: what is seen, what stays in the history, what is kept."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from mediane.web.citizen.views.leave import NEUTRAL
from tests.journeys.conftest import Visitor
from tests.journeys.people import sign_in

ELSEWHERE = re.compile(r"/quitter/$")


def weather(page: Page) -> None:
    """The other site, without going there: the product answers, and the page it leads to is ours."""

    def answer(route: Route) -> None:
        answered = route.fetch(max_redirects=0)
        assert answered.headers["location"] == NEUTRAL
        route.fulfill(content_type="text/html", body="<!doctype html><title>Météo</title>")

    page.route(ELSEWHERE, answer)


def test_escape_three_times_leaves_no_page_behind_and_keeps_what_was_typed(visitor: Visitor) -> None:
    page = visitor(width=360)
    weather(page)
    sign_in(page, "Hugo Lemaire")
    page.goto("/saisir/demande/explication/")
    page.locator("[name=asked]").fill("Qu’on m’explique vite")
    for _ in range(2):
        page.keyboard.press("Escape")
    expect(page.locator("[data-exit-told]")).to_have_text("Encore 1 fois Échap pour quitter le site")
    page.keyboard.press("Escape")
    page.wait_for_url(ELSEWHERE)
    assert not [one for one in page.context.cookies() if one["name"] == "mediane"]
    page.go_back()
    assert "explication" not in page.url

    sign_in(page, "Hugo Lemaire")
    page.goto("/saisir/demande/explication/")
    expect(page.locator("[name=asked]")).to_have_value("Qu’on m’explique vite")


def test_other_keys_between_do_not_leave(visitor: Visitor) -> None:
    page = visitor()
    page.goto("/")
    for key in ("Escape", "Escape", "Tab", "Escape"):
        page.keyboard.press(key)
    expect(page.locator("main")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_button_is_in_reach_anywhere_and_signs_out(visitor: Visitor, *, javascript: bool) -> None:
    page = visitor(width=360, javascript=javascript)
    weather(page)
    sign_in(page, "Samira Belkacem")
    page.goto("/espace/")
    way_out = page.get_by_role("link", name="Quitter vite")
    expect(way_out).to_be_in_viewport()
    way_out.click()
    page.wait_for_url(ELSEWHERE)
    page.goto("/espace/")
    assert "/connexion/" in page.url or "/demonstration/" in page.url


def test_the_way_out_comes_first_by_keyboard_and_is_not_printed(visitor: Visitor) -> None:
    page = visitor()
    page.goto("/facile-a-lire/")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Quitter vite")).to_be_focused()
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Quitter vite")).to_be_hidden()
