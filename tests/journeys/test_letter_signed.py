"""A reply is read by somebody else, refused, signed; the person reads it in three versions."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Product, Visitor, violations, wait_until
from tests.journeys.people import sign_in

BODY = """Madame,

## Ce que j’ai constaté

La Caf a compté votre salaire deux fois. La règle est à l’article R. 822-2.

## Si vous n’êtes pas d’accord

Vous pouvez faire un recours, puis saisir le {court}."""
COURTS = "tribunal administratif ou le tribunal judiciaire"


def opened(visitor: Visitor, name: str, address: str) -> Page:
    page = visitor(width=1440)
    sign_in(page, name)
    page.goto(address)
    return page


def wants_a_second_reading(claire: Page, answer: str) -> None:
    claire.goto("/bureau/service/relecture/")
    claire.locator("label", has_text=answer).first.click()
    claire.get_by_role("button", name="Enregistrer").click()
    expect(claire.get_by_text("En vigueur").first).to_be_visible()


def tomaszs_reply(claire: Page) -> str:
    """The address of the reply to a case of Tomasz’s that may be answered."""
    claire.goto("/bureau/")
    links = claire.locator("a[href^='/bureau/dossiers/']").evaluate_all("all => all.map(a => a.pathname)")
    for case in dict.fromkeys(links):
        claire.goto(f"{case}reponse/")
        if claire.locator("[name=template]").count() and claire.get_by_text("Tomasz Zielinski").count():
            claire.locator("label[for=id_template_0]").click()
            claire.get_by_role("button", name="Commencer la lettre").click()
        if claire.locator("#id_body").count() and claire.get_by_text("Tomasz Zielinski").count():
            return f"{case}reponse/"
    raise AssertionError("no case of Tomasz’s to answer")


def write(claire: Page, body: str) -> None:
    claire.locator("#id_title").fill("La Caf change sa décision")
    claire.locator("#id_body").fill(body)
    claire.locator("#id_easy").fill("La Caf s’est trompée.\n\nVous ne devez plus rien.")
    claire.get_by_role("button", name="Relire et signer").click()
    claire.wait_for_url("**/signer/")  # saved first, then left


def close_with_it(claire: Page) -> None:
    claire.locator("label[for=id_outcome_0]").click()
    for name in ("cause", "reason", "error_type"):
        if claire.locator(f"#id_{name}").count():
            claire.locator(f"#id_{name}").select_option(index=1)
    if claire.locator("#id_service").count():
        claire.locator("#id_service").select_option(index=1)
    if claire.locator("#id_is_without_effect").count():
        claire.locator("#id_is_without_effect").check(force=True)
    claire.get_by_role("button", name="Signer et envoyer").click()
    expect(claire).to_have_url(re.compile(r"/bureau/dossiers/[^/]+/$"))


def test_read_by_another_refused_then_signed_and_read_in_three_versions(
    visitor: Visitor, product: Product
) -> None:
    claire = opened(visitor, "Claire Vasseur", "/bureau/")
    wants_a_second_reading(claire, "Oui, avant chaque signature")
    assert violations(claire) == []
    reply = tomaszs_reply(claire)
    write(claire, BODY.format(court="médiateur"))
    expect(claire.get_by_text("Empêche de signer").first).to_be_visible()
    assert "n’est pas nommé" in claire.locator("main").inner_text()
    assert violations(claire) == []

    claire.goto(reply)
    write(claire, BODY.format(court=COURTS))
    assert "n’a pas été relu" in claire.locator("main").inner_text()
    claire.goto(reply)
    claire.get_by_role("button", name="Envoyer à relire").click()
    expect(claire.get_by_text("Envoyée à relire le")).to_be_visible()

    nadia = opened(visitor, "Nadia Pruvost", "/bureau/service/relecture/")
    nadia.get_by_role("link", name="Relire").last.click()
    assert violations(nadia) == []
    nadia.get_by_role("button", name="Approuver").click()
    expect(nadia.get_by_text("Chaque mot a été relu")).to_be_visible()

    claire.goto(f"{reply}signer/")
    assert violations(claire) == []
    close_with_it(claire)
    wants_a_second_reading(claire, "Non")

    case = reply.split("/")[3]
    tomasz = opened(visitor, "Tomasz Zielinski", f"/espace/{case}/documents/")

    def is_made() -> bool:
        tomasz.goto(f"/espace/{case}/documents/")
        tomasz.get_by_role("link", name="Réponse").first.click()
        return tomasz.get_by_role("link", name="Télécharger la lettre (PDF)").count() > 0

    wait_until(is_made, "PDF of the letter")
    assert violations(tomasz) == []
    for link in ("Télécharger la lettre (PDF)", "En grands caractères (PDF)"):
        with tomasz.expect_download() as download:
            tomasz.get_by_role("link", name=link).click()
        assert download.value.path().read_bytes().startswith(b"%PDF")
    tomasz.get_by_role("link", name="Lire la version facile à lire").click()
    expect(tomasz.get_by_text("Vous ne devez plus rien.")).to_be_visible()
    assert violations(tomasz) == []
