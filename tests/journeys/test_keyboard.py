"""A filing, and a gesture of the desk, by somebody who has no mouse."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.keys import Keyboard
from tests.journeys.people import sign_in, sign_in_elsewhere, title

CAF = "44"  # open online; nobody of the cast lives there


def test_a_referral_is_filed_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor()
    sign_in_elsewhere(page, CAF, 0)
    keys = Keyboard(page)
    page.goto("/saisir/")
    skip_to_the_content(page, keys)
    answer_the_test(keys)
    keys.choose("APL", "Je ne comprends pas un trop-perçu")
    keys.send()
    keys.write("asked", "Comprendre cette retenue")
    keys.write("explanation", "On me retient 187 € par mois.")
    keys.send()
    keys.send()  # no document
    keys.choose("Espace de suivi et courriel")
    keys.send()
    assert title(page) == "Vérifiez avant d’envoyer"
    keys.send("Envoyer ma demande")
    assert title(page) == "Votre demande est enregistrée"
    assert keys.unseen == []


def answer_the_test(keys: Keyboard) -> None:
    keys.choose("Oui")
    keys.send()
    keys.choose("Une prestation que je reçois")
    keys.send()
    keys.choose("J’ai déjà fait une réclamation")
    keys.send()
    made_on = date.today() - timedelta(days=120)  # noqa: DTZ011 — what somebody types
    for part, number in (("day", made_on.day), ("month", made_on.month), ("year", made_on.year)):
        keys.write(f"made_on_{part}", str(number))
    keys.choose("Courrier")
    keys.send()
    while "urgence" not in keys.page.url:
        keys.choose("Non")
        keys.send()
    keys.choose("Aucune de ces situations")
    keys.send()


def skip_to_the_content(page: Page, keys: Keyboard) -> None:
    keys.tab()
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    keys.press("Enter")
    keys.press("Tab")
    assert page.locator("main").evaluate("main => main.contains(document.activeElement)")


def test_errors_are_read_first_and_lead_to_their_field(visitor: Visitor) -> None:
    page = visitor(width=360)
    sign_in(page, "Hugo Lemaire")
    keys = Keyboard(page)
    page.goto("/saisir/demande/explication/")
    page.locator("[name=asked]").fill("")
    keys.send()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    keys.to(page.locator(".govuk-error-summary a").first)
    keys.press("Enter")
    expect(page.locator("[aria-invalid=true]").first).to_be_focused()
    assert keys.unseen == []


def test_the_desk_asks_for_a_document_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor()
    sign_in(page, "Solène Lebrun")
    keys = Keyboard(page)
    page.goto("/bureau/?vue=a-qualifier")
    skip_to_the_content(page, keys)
    keys.to(page.locator(".m-work a", has_text="Rokhaya Diop"))
    keys.go("Enter")
    keys.send("Prendre en charge")
    keys.to(page.get_by_role("link", name="Demander des pièces").first)
    keys.go("Enter")
    keys.write("others", "Avis d’imposition 2025")
    keys.send("Demander des pièces")
    expect(page.locator("main")).to_contain_text("Avis d’imposition 2025")
    assert keys.unseen == []


def test_nothing_holds_the_focus_for_itself(visitor: Visitor) -> None:
    page = visitor(width=768)
    sign_in(page, "Nadia Pruvost")
    keys = Keyboard(page)
    page.goto("/bureau/")
    page.get_by_role("link", name=re.compile("Wei Chen")).first.click()
    page.wait_for_url("**/bureau/dossiers/**")
    assert len(keys.round_trip()) > 10
    panel = page.locator(".m-gestures__panel")
    keys.to(page.locator(".m-gestures summary"))
    keys.press("Enter")
    expect(panel).to_be_visible()
    for _ in range(panel.locator("a").count() + 1):
        keys.tab()
    expect(panel).to_be_hidden()
    assert keys.unseen == []
