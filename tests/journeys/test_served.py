"""One referral all the way: filed online by Inès, answered and signed by Claire."""

import re
from pathlib import Path

import pypdf
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Product, Visitor, violations, wait_until
from tests.journeys.people import choose, fill_the_request, go_on, sign_in, take_the_test, title

REFERENCE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")
WHAT_A_NOTICE_NEVER_SAYS = ("APL", "médiat", "187", "trop-perçu", "réclamation")


def test_a_referral_filed_online_becomes_a_signed_reply(
    visitor: Visitor, product: Product, tmp_path: Path
) -> None:
    person, claire = visitor(width=360), visitor()
    reference = file_online(person, tmp_path)
    receipt = product.mail_to("ines.ferhat@courriel.invalid")[0]
    assert says_nothing(receipt.get_content(), reference)

    sign_in(claire, "Claire Vasseur")
    open_case(claire, reference)
    claire.get_by_role("button", name="Prendre en charge").first.click()
    assert violations(claire) == []
    admit(claire)
    expect(claire.locator("main")).to_contain_text("Recevable depuis")

    ask_for_a_document(claire)
    send_it(person, reference, tmp_path)

    open_case(claire, reference)
    expect(claire.locator("main")).to_contain_text("Du nouveau")
    reply(claire)
    read_the_reply(person, reference)
    for message in product.mail_to("ines.ferhat@courriel.invalid", 4):
        assert says_nothing(str(message["Subject"]) + message.get_content(), reference)


def says_nothing(text: str, reference: str) -> bool:
    return reference not in text and not any(word in text for word in WHAT_A_NOTICE_NEVER_SAYS)


def file_online(page: Page, folder: Path) -> str:
    sign_in(page, "Inès Ferhat")
    page.goto("/saisir/")
    assert violations(page) == []
    take_the_test(page)
    fill_the_request(page, folder, asked="Comprendre cette retenue")
    assert title(page) == "Vérifiez avant d’envoyer"
    assert violations(page) == []
    go_on(page, "Envoyer ma demande")
    assert title(page) == "Votre demande est enregistrée"
    assert violations(page) == []
    found = REFERENCE.search(page.locator("main").inner_text())
    assert found
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Accusé d’enregistrement")).click()
    text = pypdf.PdfReader(download.value.path()).pages[0].extract_text()
    assert found.group() in text
    return found.group()


def open_case(page: Page, reference: str) -> None:
    page.goto(f"/bureau/dossiers/{reference}/")
    assert violations(page) == []


def admit(page: Page) -> None:
    page.get_by_role("link", name="Décider la recevabilité").first.click()
    choose(page, "Recevable")
    assert violations(page) == []
    go_on(page, "Décider et notifier")


def ask_for_a_document(page: Page) -> None:
    page.get_by_role("link", name="Demander des pièces").first.click()
    assert violations(page) == []
    page.locator("[name=others]").fill("Avis d’imposition 2025")
    go_on(page, "Demander des pièces")


def send_it(page: Page, reference: str, folder: Path) -> None:
    page.goto(f"/espace/{reference}/")
    expect(page.locator("main")).to_contain_text("Il manque un document")
    assert violations(page) == []
    page.get_by_role("link", name=re.compile("Envoyer ce document")).first.click()
    page.locator("input[type=file]").set_input_files(folder / "IMG_2043.jpg")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main")).not_to_contain_text("Il manque un document")


def reply(page: Page) -> None:
    page.get_by_role("button", name="Marquer comme lu").click()
    page.get_by_role("link", name="Rédiger la réponse").first.click()
    choose(page, "Décision révisée en partie")
    go_on(page, "Commencer la lettre")
    assert violations(page) == []
    body = page.locator("[name=body]")
    text = body.input_value()
    assert "[à compléter" not in text
    body.fill(re.sub(r"\[[^\]]*\]", "La retenue baisse de 187 € à 35 € par mois.", text))
    go_on(page, "Relire et signer")
    page.wait_for_url("**/signer/")  # saved first, then left
    expect(page.locator("main")).not_to_contain_text("Empêche de signer")
    assert violations(page) == []
    choose(page, "Décision révisée en partie")
    page.locator("select[name=cause]").select_option(label="Retenue excessive")
    page.locator("select[name=reason]").select_option(label="Autre raison")
    page.locator("select[name=error_type]").select_option(label="Retenue excessive")
    page.locator("select[name=service]").select_option(label="Recouvrement")
    choose(page, "Aucun effet financier")
    go_on(page, "Signer et envoyer")
    expect(page.locator("main")).to_contain_text("révisée en partie")


def read_the_reply(page: Page, reference: str) -> None:
    page.goto(f"/espace/{reference}/")
    assert title(page) == "La médiatrice vous a répondu"
    page.get_by_role("link", name=re.compile("La Caf change une partie|Réponse")).first.click()
    expect(page.locator("main")).to_contain_text("La retenue baisse de 187 € à 35 € par mois.")
    assert violations(page) == []
    wait_until(lambda: "PDF" in page.reload().text(), "PDF of the letter")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("PDF")).first.click()
    letter = pypdf.PdfReader(download.value.path())
    assert "187" in letter.pages[0].extract_text()
    assert letter.trailer["/Root"]["/MarkInfo"]["/Marked"]
