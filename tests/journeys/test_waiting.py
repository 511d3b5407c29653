"""Claire asks for documents and waits for the MDPH; Wei answers; his case is on top of her list by itself."""

import re
from urllib.parse import urlparse

from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.looking import Watch, faults
from tests.journeys.people import choose, go_on, sign_in


def test_a_wait_is_asked_answered_and_back_on_top_without_script(visitor: Visitor) -> None:
    page = visitor(width=768, javascript=False)
    sign_in(page, "Claire Vasseur")
    page.get_by_role("link", name=re.compile("Wei Chen")).first.click()
    case = page.url
    page.goto(f"{case}pieces/")
    expect(page.locator("main")).to_contain_text("L. 114-5")
    page.get_by_label("Autres documents").fill("Contrat de la crèche")
    page.get_by_role("button", name="Demander des pièces").click()
    page.goto(f"{case}attente/")
    page.get_by_label("Qui doit décider").select_option(label="MDPH")
    page.get_by_label("Décision attendue").fill("Avis sur le handicap")
    for name, value in (("day", "15"), ("month", "12"), ("year", "2027")):
        page.locator(f"[name=look_again_on_{name}]").fill(value)
    page.get_by_role("button", name="Mettre en attente").click()
    expect(page.locator("main")).to_contain_text("L’objectif est suspendu jusqu’au")

    person = visitor(width=360, javascript=False)
    sign_in(person, "Wei Chen")
    person.goto(f"/espace/{case.rstrip('/').rsplit('/', 1)[1]}/")
    expect(person.locator("main")).to_contain_text("Nous attendons la décision de la MDPH")
    person.get_by_role("link", name=re.compile("Je ne l’ai pas")).first.click()
    person.get_by_role("textbox").first.fill("La crèche a fermé.")
    person.locator("main form button[type=submit]").first.click()

    page.goto("/bureau/?vue=reponses")
    row = page.get_by_role("row").filter(has_text="Wei Chen")
    expect(row).to_contain_text("Réponse à lire")
    page.goto(case)
    expect(page.locator("main")).to_contain_text("Lire ce que")


def test_a_wait_gone_by_is_found_prolonged_with_a_reason_and_kept(visitor: Visitor) -> None:
    page = visitor(width=1440)
    sign_in(page, "Claire Vasseur")
    watch = Watch(page, urlparse(page.url).netloc)
    page.goto("/bureau/?attente-depassee=1")
    page.locator("a.m-work__name").first.click()
    go_on(page, "Marquer comme lu")
    expect(page.locator(".m-next")).to_contain_text("L’attente est terminée")
    case = page.url
    page.get_by_role("link", name="Suivre l’attente").first.click()
    page.get_by_role("link", name=re.compile("^Changer la date")).first.click()
    for name, value in (("day", "20"), ("month", "12"), ("year", "2027")):
        page.locator(f"[name=until_{name}]").fill(value)
    choose(page, "Décision du service")
    page.get_by_label("Pourquoi").fill("Relancé par téléphone ce matin.")
    page.get_by_role("button", name="Changer la date").click()
    expect(page.locator("main")).to_contain_text("20 décembre 2027")
    page.goto(f"{case}attentes/")
    expect(page.locator("main")).to_contain_text("Relancé par téléphone")
    for width in (360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page, watch) == []
