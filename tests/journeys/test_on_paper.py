"""What a style sheet may undo without anybody seeing it: the printed letter, the sizes of the desk."""

from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.people import sign_in

FONT_SIZE = "one => getComputedStyle(one).fontSize"


def test_a_letter_printed_from_the_desk_is_on_the_paper(visitor: Visitor) -> None:
    page = visitor()
    sign_in(page, "Claire Vasseur")
    page.get_by_role("searchbox").fill("Bintou Camara")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Bintou Camara").first.click()
    page.locator(".m-entry a[href*='/courriers/']").first.click()
    page.emulate_media(media="print")
    expect(page.locator(".m-sheet")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)


def test_hints_have_the_size_of_their_room(visitor: Visitor) -> None:
    page = visitor()
    sign_in(page, "Claire Vasseur")
    page.get_by_role("link", name="Samira Belkacem", exact=True).click()
    page.goto(f"{page.url}attente/")
    assert page.locator(".govuk-hint").first.evaluate(FONT_SIZE) == "15px"
    page.goto("/trouver/")
    page.evaluate(
        "document.querySelector('.govuk-label').insertAdjacentHTML('afterend', '<p class=govuk-hint>')"
    )
    assert page.locator(".govuk-label + .govuk-hint").evaluate(FONT_SIZE) == "17px"


def test_help_is_within_reach_of_a_thumb(visitor: Visitor) -> None:
    page = visitor(width=360, javascript=False)
    sign_in(page, "Samira Belkacem")
    links = page.get_by_role("navigation", name="Menu").locator("a, button")
    expect(links).to_have_count(3)
    assert links.all_inner_texts() == ["Mon espace", "Aide", "Se déconnecter"]
    for box in (link.bounding_box() for link in links.all()):
        assert box is not None
        assert box["height"] >= 44
    links.nth(1).click()
    assert page.url.endswith("/aide/")
