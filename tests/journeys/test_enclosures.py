"""Documents are ticked beside a letter, by two people at once; the person opens them in her space."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visitor, violations
from tests.journeys.people import sign_in

STATUS = "[data-autosave-status]"
CASE = re.compile(r"/espace/[2-9A-Z]{4}-[2-9A-Z]{4}/")
WIDER = "() => document.documentElement.scrollWidth - window.innerWidth"


def opened(visitor: Visitor, name: str, address: str, *, width: int = 1440, javascript: bool = True) -> Page:
    page = visitor(width=width, javascript=javascript)
    sign_in(page, name)
    page.goto(address)
    return page


@pytest.fixture
def draft(visitor: Visitor) -> str:
    """The address of the reply that has documents to choose from."""
    page = opened(visitor, "Nadia Pruvost", "/bureau/")
    page.get_by_role("link", name="Ibrahima Sow").first.click()
    return re.sub(r"[#?].*", "", page.url) + "reponse/"


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=name)


def saved(page: Page, name: str, *, is_ticked: bool) -> None:
    with page.expect_response(re.compile("/reponse/enregistrer/")) as answer:
        box(page, name).set_checked(is_ticked, force=True)
    assert answer.value.ok
    expect(page.locator(STATUS)).to_contain_text("Enregistrée à")


def test_two_tick_at_once_and_both_documents_go_with_the_letter(visitor: Visitor, draft: str) -> None:
    claire = opened(visitor, "Claire Vasseur", draft)
    nadia = opened(visitor, "Nadia Pruvost", draft, width=360, javascript=False)
    for page in (claire, nadia):
        expect(box(page, "Releve-de-situation.pdf")).to_be_checked()
        expect(box(page, "Bulletins-de-salaire.jpg")).not_to_be_checked()
    assert nadia.evaluate(WIDER) <= 0
    assert violations(claire) == []

    box(nadia, "Bulletins-de-salaire.jpg").check(force=True)
    nadia.get_by_role("button", name="Enregistrer et voir").click()
    expect(box(nadia, "Bulletins-de-salaire.jpg")).to_be_checked()
    # Claire’s page, open since before, takes out another: Nadia’s comes in, and stays.
    saved(claire, "Titres-de-sejour.pdf", is_ticked=False)
    expect(box(claire, "Bulletins-de-salaire.jpg")).to_be_checked()
    saved(claire, "Titres-de-sejour.pdf", is_ticked=True)
    nadia.reload()
    for name in ("Releve-de-situation.pdf", "Bulletins-de-salaire.jpg", "Titres-de-sejour.pdf"):
        expect(box(nadia, name)).to_be_checked()

    nadia.get_by_role("button", name="Monter Titres-de-sejour.pdf").click()
    names = nadia.locator(".m-pieces label").all_inner_texts()
    assert names == ["Releve-de-situation.pdf", "Titres-de-sejour.pdf", "Bulletins-de-salaire.jpg"]
    claire.goto(f"{draft}signer/")
    expect(claire.get_by_role("link", name="Titres-de-sejour.pdf")).to_be_visible()
    assert violations(claire) == []
    put_back(nadia)


def put_back(page: Page) -> None:
    box(page, "Bulletins-de-salaire.jpg").uncheck(force=True)
    page.get_by_role("button", name="Enregistrer et voir").click()
    expect(box(page, "Bulletins-de-salaire.jpg")).not_to_be_checked()


def test_the_person_opens_a_document_beside_the_letter(visitor: Visitor) -> None:
    bintou = opened(visitor, "Bintou Camara", "/espace/", width=360, javascript=False)
    links = bintou.locator("a[href^='/espace/']").evaluate_all("all => all.map(a => a.pathname)")
    bintou.goto(next(link for link in links if CASE.fullmatch(link)) + "documents/")
    bintou.get_by_role("link", name="Réponse").first.click()
    expect(bintou.get_by_role("heading", name="Pièces jointes")).to_be_visible()
    assert bintou.evaluate(WIDER) <= 0
    with bintou.expect_download() as download:
        bintou.get_by_role("link", name="Releve-de-compte.jpg").click()
    assert download.value.path().read_bytes().startswith(b"\xff\xd8\xff")
