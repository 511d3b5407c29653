"""What a page must be, whoever opens it and however wide: read by eye, by ear and by keyboard."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urlparse

from django.urls import Resolver404, resolve
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.journeys.conftest import violations

NOT_A_PAGE = re.compile(r"/(quitter|pdf|apercu\.p..|(documents|fichiers)/[0-9a-f-]{36})/?$|/etat/$|\.csv$")
SHAPE = """() => ({
    headings: document.querySelectorAll("h1").length,
    lang: document.documentElement.lang,
    overflow: document.documentElement.scrollWidth - window.innerWidth,
})"""
EMPTIED = """() => {
    const form = [...document.querySelectorAll("main form[method=post]")]
        .find(one => one.querySelector("input:not([type=hidden]), textarea, select"))
    for (const field of form.querySelectorAll("input:not([type=hidden]), textarea")) {
        if (["radio", "checkbox"].includes(field.type)) field.checked = false
        else field.value = ""
    }
    for (const list of form.querySelectorAll("select")) list.selectedIndex = 0
    form.noValidate = true
    // What Enter presses: the form’s first button, wherever it stands. Neither a line more nor a way out.
    const sends = [...document.querySelectorAll("button[type=submit]")].filter(one => one.form === form)
    form.requestSubmit(sends.filter(one => !["add", "texte", "montant"].includes(one.name))[0])
}"""


@dataclass
class Watch:
    """Everything a page said or asked for that it should not have."""

    page: Page
    host: str
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        self.page.on("request", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.heard.append(f"console: {message.text}")

    def _see(self, request: Request) -> None:
        place = urlparse(request.url)
        if place.scheme not in ("data", "blob") and place.netloc != self.host:
            self.heard.append(f"another host: {request.url}")

    def told(self) -> list[str]:
        told, self.heard = self.heard, []
        return told


def faults(page: Page, watch: Watch) -> list[str]:
    page.wait_for_load_state()  # a page whose style sheet is on its way is wider than it will be
    shape: dict[str, Any] = page.evaluate(SHAPE)
    wrong = violations(page) + watch.told()
    wrong += [f"{shape['headings']} main titles"] * (shape["headings"] != 1)
    wrong += [f"in {shape['lang'] or 'no language'}"] * (shape["lang"] != "fr")
    wrong += [f"{shape['overflow']} px too wide"] * (shape["overflow"] > 0)
    wrong += ["no title of its own"] * (not re.match(r".{4,} – Médiane$", page.title()))
    return [f"{page.url} at {page.viewport_size['width']}: {one}" for one in wrong]  # type: ignore[index]


def kind_of(address: str) -> str | None:
    """The name of its pattern; None when it is no page of ours."""
    path = urlparse(address).path
    if NOT_A_PAGE.search(path):
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return None
    slug = match.kwargs.get("slug", "")  # one page a question, one page an obstacle
    return f"{match.view_name} {slug}".strip()


def links_of(page: Page) -> list[str]:
    found: list[str] = page.evaluate("() => [...document.querySelectorAll('a[href]')].map(one => one.href)")
    here = urlparse(page.url).netloc
    return [urldefrag(link).url for link in found if urlparse(link).netloc == here]


def submit_empty(page: Page) -> None:
    with page.expect_navigation():
        page.evaluate(EMPTIED)
