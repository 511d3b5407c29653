"""A letter is posted registered by Nadia while Claire does the same; it is signed for; another comes back."""

import re
from urllib.parse import urlparse

from playwright.sync_api import Page, expect

from mediane.casework.rules.dispatch import check_digit
from tests.journeys.conftest import Visitor
from tests.journeys.looking import Watch, faults
from tests.journeys.people import choose, sign_in

SERIAL = "90417263"
NUMBER = f"RK{SERIAL}{check_digit(SERIAL)}FR"
OTHER_DAY = re.compile("^Suivie, recommandée, un autre jour")


def registered(page: Page, number: str) -> None:
    choose(page, "Recommandé avec avis de réception")
    page.get_by_label("Numéro de suivi").fill(number)
    page.get_by_role("button", name="Marquer partie").click()


def test_two_send_one_letter_and_its_receipt_is_noted_without_script(visitor: Visitor) -> None:
    nadia, claire = visitor(width=360, javascript=False), visitor(width=1440, javascript=False)
    for page, name in ((nadia, "Nadia Pruvost"), (claire, "Claire Vasseur")):
        sign_in(page, name)
        page.goto("/bureau/a-imprimer/")
        page.get_by_role("link", name=OTHER_DAY).first.click()
    assert nadia.url == claire.url
    registered(nadia, f"RK{SERIAL}{(check_digit(SERIAL) + 1) % 10}FR")
    expect(nadia.locator(".govuk-error-summary")).to_contain_text("un chiffre est faux")
    registered(nadia, NUMBER)
    registered(claire, NUMBER)
    expect(claire.locator(".govuk-error-summary")).to_contain_text("Nadia Pruvost l’a déjà envoyée")

    claire.goto("/bureau/a-imprimer/partis/")
    row = claire.get_by_role("row").filter(has_text=NUMBER)
    row.get_by_role("link", name=re.compile("^Noter l’avis ou le retour")).click()
    choose(claire, "Avis de réception signé")
    claire.get_by_role("button", name="Enregistrer").click()
    expect(claire.locator("#courrier")).to_contain_text("Avis de réception signé")


def test_a_letter_that_came_back_asks_to_tell_otherwise(visitor: Visitor) -> None:
    page = visitor(width=1440)
    sign_in(page, "Claire Vasseur")
    watch = Watch(page, urlparse(page.url).netloc)
    page.goto("/bureau/a-imprimer/partis/")
    looked_at(page, watch)
    page.get_by_role("link", name=re.compile("^Prévenir autrement")).first.click()
    looked_at(page, watch)
    choose(page, "La personne a été prévenue de vive voix")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#courrier")).to_contain_text("Personne prévenue de vive voix")
    looked_at(page, watch)
    page.goto("/bureau/service/relecture/")
    expect(page.get_by_role("link", name=re.compile("^Relire")).first).to_be_visible()
    page.goto("/bureau/a-imprimer/")
    page.get_by_role("link", name=OTHER_DAY).first.click()
    looked_at(page, watch)


def looked_at(page: Page, watch: Watch) -> None:
    for width in (360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page, watch) == []
