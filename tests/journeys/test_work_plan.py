"""A day at the work plan: one’s own lists, many cases at once, keys, what changed, and several tabs."""

import re
from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor, violations
from tests.journeys.looking import Watch
from tests.journeys.people import go_on, sign_in, title

CLAIRE, NADIA = "Claire Vasseur", "Nadia Pruvost"


@pytest.fixture
def watched(visitor: Visitor) -> Iterator[Page]:
    """Claire’s browser; nothing in the console, no policy broken, nothing asked of another host."""
    page = visitor()
    sign_in(page, CLAIRE)
    watch = Watch(page, urlparse(page.url).netloc)
    yield page
    assert watch.told() == []


def tick(page: Page, number: int) -> list[str]:
    """The first rows of the list, by their references."""
    boxes = page.locator("[data-pick]")
    for rank in range(number):
        boxes.nth(rank).check()
    return [words.strip() for words in page.locator(".m-work .m-reference").all_inner_texts()[:number]]


def test_a_list_is_kept_shared_begun_with_and_forgotten(watched: Page, visitor: Visitor) -> None:
    page = watched
    page.goto("/bureau/?vue=a-qualifier")
    page.get_by_role("link", name="Enregistrer cette liste").click()
    page.get_by_label("Nom de la vue").fill("À prendre ce matin")
    page.locator("label", has_text="Pour tout le service").click()
    go_on(page, "Enregistrer")
    expect(page.get_by_role("link", name="À prendre ce matin")).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="Gérer les vues").click()
    row = page.locator("tr", has_text="À prendre ce matin")
    row.get_by_role("button", name="Ouvrir d’abord").click()
    page.goto("/bureau/")
    expect(page.locator(".m-tabs [aria-current]")).to_contain_text("À qualifier")
    other = visitor(javascript=False)
    sign_in(other, NADIA)
    other.get_by_role("link", name="À prendre ce matin").click()
    expect(other.locator(".m-tabs [aria-current]")).to_contain_text("À qualifier")
    page.goto("/bureau/vues/")
    row.get_by_role("button", name="Supprimer").click()
    other.reload()
    expect(other.get_by_role("heading", name="Cette vue n’existe plus")).to_be_visible()
    page.goto("/bureau/")
    expect(page.locator(".m-tabs [aria-current]")).to_contain_text("Tous")
    assert violations(page) == []


def test_columns_are_put_in_order_by_keyboard_without_a_script(visitor: Visitor) -> None:
    page = visitor(javascript=False)
    sign_in(page, NADIA)
    page.get_by_role("link", name="Choisir les colonnes").click()
    page.get_by_label("Ancienneté", exact=True).focus()
    page.keyboard.press("Space")
    for _ in range(5):
        page.get_by_role("button", name="Monter Ancienneté").focus()
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Enregistrer", exact=True).press("Enter")
    expect(page.locator(".m-work thead th").nth(3)).to_have_text("Ancienneté")
    page.goto("/bureau/colonnes/")
    go_on(page, "Colonnes habituelles")
    go_on(page, "Enregistrer")
    expect(page.locator(".m-work thead th").nth(3)).to_have_text("Prestation")


def test_many_are_given_and_taken_back_but_what_a_colleague_touched(watched: Page, visitor: Visitor) -> None:
    page = watched
    page.goto("/bureau/?vue=attend-allocataire")
    before = page.locator(".m-work__person").all_inner_texts()[1:4]
    first, second, third = tick(page, 3)
    page.get_by_label("Attribuer à").select_option(label="Mathilde Roumier")
    go_on(page, "Attribuer")
    page.wait_for_load_state()
    lately = page.locator(".m-lately")
    if "operations" not in page.url:
        lately.get_by_role("link", name="Détail").click()
    operation = page.url
    colleague = visitor()
    sign_in(colleague, NADIA)
    colleague.goto(f"/bureau/dossiers/{second}/message/")
    colleague.get_by_role("textbox").last.fill("Je vous écris au sujet de vos pièces.")
    colleague.locator("main form button[type=submit]").click()
    page.goto(operation)
    go_on(page, "Annuler l’attribution")
    expect(page.get_by_role("heading", name="Laissés de côté")).to_be_visible()
    expect(page.locator(".m-list")).to_contain_text(f"{second}\u00a0: {NADIA} a agi sur ce dossier")
    assert violations(page) == []
    page.goto("/bureau/?vue=attend-allocataire")
    people = dict(
        zip(
            page.locator(".m-work tbody .m-reference").all_inner_texts(),
            page.locator(".m-work tbody .m-work__person").all_inner_texts(),
            strict=True,
        )
    )
    assert "Mathilde Roumier" in people[second]
    assert [people[first], people[third]] == [before[0], before[2]]


def test_the_whole_list_goes_on_by_itself_under_one_s_eyes(watched: Page) -> None:
    page = watched
    page.goto("/bureau/?vue=tous")
    page.locator("[data-pick]").first.check()
    page.get_by_label(re.compile("de cette liste")).check()
    expect(page.locator("[data-bulk-count]")).to_contain_text("toute la liste")
    page.get_by_role("button", name="Feuille").click()
    expect(page.get_by_role("link", name="Télécharger la feuille")).to_be_visible(timeout=30_000)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Télécharger la feuille").click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    assert violations(page) == []


def test_people_are_reminded_after_a_second_look(watched: Page) -> None:
    page = watched
    page.goto("/bureau/?vue=attend-allocataire")
    tick(page, 1)
    page.get_by_role("button", name="Relancer").click()
    assert title(page).startswith("Relancer pour 1 dossier")
    assert violations(page) == []
    go_on(page, "Relancer")
    expect(page.get_by_text(re.compile("1\u00a0personne relancée")).first).to_be_visible()


def test_keys_move_open_and_tick_and_never_while_one_writes(watched: Page) -> None:
    page = watched
    page.goto("/bureau/?vue=tous")
    page.keyboard.press("j")
    expect(page.locator(".m-work__name").first).not_to_be_focused()
    page.get_by_role("link", name="Raccourcis clavier").click()
    go_on(page, "Activer les raccourcis")
    page.goto("/bureau/?vue=tous")
    names = page.locator(".m-work__name")
    for key, rank in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(names.nth(rank)).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator("[data-pick]").first).to_be_checked()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(names.first).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("jk?x/")
    expect(page.locator("#search")).to_have_value("jk?x/")
    expect(page.get_by_role("dialog")).to_be_hidden()
    names.first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/dossiers/" in page.url
    page.keyboard.press("g")
    with page.expect_navigation():
        page.keyboard.press("p")
    assert title(page) == "Plan de travail"
    page.goto("/bureau/raccourcis/")
    go_on(page, "Désactiver les raccourcis")
    page.goto("/bureau/?vue=tous")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_others_did_since_is_marked_until_one_looks(watched: Page, visitor: Visitor) -> None:
    page = watched
    page.goto("/bureau/?vue=tous")
    marked = page.locator("tr", has=page.get_by_text("Modifié depuis votre visite")).first
    reference = marked.locator(".m-reference").inner_text().strip()
    marked.locator(".m-work__name").click()
    expect(page.get_by_text("dans le fil")).to_be_visible()
    expect(page.locator(".m-new").first).to_be_visible()
    page.goto("/bureau/?vue=tous")
    mine = page.locator("tr", has_text=reference)
    expect(mine).not_to_contain_text("Modifié depuis votre visite")
    colleague = visitor()
    sign_in(colleague, NADIA)
    colleague.goto(f"/bureau/dossiers/{reference}/message/")
    colleague.get_by_role("textbox").last.fill("Une précision sur votre demande.")
    with colleague.expect_navigation():
        colleague.locator("main form button[type=submit]").click()
    page.goto("/bureau/?vue=tous")
    expect(mine).to_contain_text("Modifié depuis votre visite")
    page.get_by_role("button", name="Tout marquer comme vu").click()
    expect(page.get_by_text("Modifié depuis votre visite")).to_have_count(0)


def test_ten_tabs_do_not_interfere(watched: Page) -> None:
    first = watched
    first.goto("/bureau/?vue=tous")
    references = [words.strip() for words in first.locator(".m-work .m-reference").all_inner_texts()[:9]]
    tabs = [first.context.new_page() for _ in references]
    for tab, reference in zip(tabs, references, strict=True):
        tab.goto(f"/bureau/dossiers/{reference}/note/")
        tab.get_by_role("textbox").last.fill(f"Note de l’onglet {reference}")
    # The same page twice: what is being written there comes along, and nothing of any other.
    expect(tabs[0].locator("[data-autosave-status]")).to_contain_text("Enregistré")
    again = first.context.new_page()
    again.goto(f"/bureau/dossiers/{references[0]}/note/")
    expect(again.get_by_role("textbox").last).to_have_value(f"Note de l’onglet {references[0]}")
    first.goto("/bureau/?vue=retard&tri=anciennes")
    for tab, reference in reversed(list(zip(tabs, references, strict=True))):
        expect(tab.get_by_role("textbox").last).to_have_value(f"Note de l’onglet {reference}")
        tab.locator("main form button[type=submit]").click()
        tab.wait_for_url(f"**/dossiers/{reference}/")
        expect(tab.locator("main")).to_contain_text(f"Note de l’onglet {reference}")
    first.reload()
    expect(first.locator(".m-tabs [aria-current]")).to_contain_text("En retard")
