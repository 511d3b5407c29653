"""The mediator asks, a service answers on its page, the case comes back up; and two people at once."""

from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Product, Visitor
from tests.journeys.looking import Watch, faults
from tests.journeys.people import a_photo, sign_in, title

QUESTION = "La retenue de novembre tient-elle compte de la remise de dette ?"
ANSWER = "Non. Elle sera corrigée le mois prochain."
WIDTHS = (360, 768, 1440)


def a_case(page: Page) -> str:
    """A case of the desk, that nobody waits on a service for."""
    sign_in(page, "Claire Vasseur")
    page.get_by_role("link", name="Samira Belkacem").first.click()
    page.wait_for_load_state()
    return page.url.split("#", 1)[0]


def ask(page: Page, case: str, question: str) -> str:
    page.goto(f"{case}consultations/")
    page.locator("[name=to]").select_option(label="Prestations")
    page.get_by_label("Votre question").fill(question)
    page.get_by_role("button", name="Poser la question").click()
    expect(page.locator("main")).to_contain_text(question)
    return page.url


def test_a_service_answers_and_the_case_comes_back_to_the_top(
    product: Product, visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor()
    case = a_case(page)
    asked = ask(page, case, QUESTION)
    mail = product.mail_to("malik.ferhat@caf75.invalid")[-1]
    text = mail.get_body().get_content()  # type: ignore[union-attr]
    assert "Belkacem" not in f"{mail['Subject']} {text}"
    link = next(word for word in text.split() if "/services/" in word)

    service = visitor()
    watch = Watch(service, urlparse(product.url).netloc)
    sign_in(service, "Malik Ferhat")
    assert title(service) == "Questions de la médiation"
    service.goto(link)
    expect(service.locator("main")).to_contain_text(QUESTION)
    expect(service.locator("main")).not_to_contain_text("Belkacem")
    service.get_by_label("Votre réponse").fill(ANSWER)
    expect(service.locator("[data-autosave-status]")).to_contain_text("Brouillon enregistré")
    # Closed without a word, the page has it all again.
    service.goto("about:blank")
    service.goto(link)
    expect(service.get_by_label("Votre réponse")).to_have_value(ANSWER)
    service.locator("input[type=file]").set_input_files(a_photo(tmp_path))
    service.get_by_role("button", name="Envoyer la réponse").click()
    expect(service.locator("main")).to_contain_text("Répondue le")
    assert watch.told() == []

    page.goto("/bureau/?vue=reponses")
    page.get_by_role("link", name="Samira Belkacem").first.click()
    expect(page.locator("main")).to_contain_text("Malik Ferhat")
    page.goto(asked)
    expect(page.locator("main")).to_contain_text(ANSWER)
    expect(page.locator("main")).to_contain_text("IMG_2043.jpg")


def test_a_question_is_called_off_while_the_service_answers(visitor: Visitor) -> None:
    page, service = visitor(), visitor()
    asked = ask(page, a_case(page), "Et pour décembre ?")
    sign_in(service, "Malik Ferhat")
    service.get_by_role("link", name="Et pour décembre").click()
    service.get_by_label("Votre réponse").fill("Pour décembre aussi.")
    page.goto(f"{asked}retrait/")
    page.get_by_role("button", name="Retirer la question").click()
    expect(page.locator("main")).to_contain_text("a retiré la question")
    service.get_by_role("button", name="Envoyer la réponse").click()
    assert title(service) == "Cette question n’est plus attendue"
    expect(service.locator("main")).to_contain_text("Pour décembre aussi.")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_questions_is_fit_for_everybody(product: Product, visitor: Visitor, width: int) -> None:
    page = visitor(width=width)
    watch = Watch(page, urlparse(product.url).netloc)
    case = a_case(page)
    asked = ask(page, case, f"Une question à {width} pixels ?")
    wrong = []
    addresses = [
        case,
        f"{case}consultations/",
        asked,
        "/bureau/consultations/",
        "/bureau/consultations/?vue=a-lire",
    ]
    addresses += [f"{asked}{gesture}/" for gesture in ("relance", "date", "retrait", "reponse")]
    for address in addresses:
        page.goto(address)
        wrong += faults(page, watch)
    sign_in(page, "Malik Ferhat")
    for address in ("/services/", "/services/?vue=repondues"):
        page.goto(address)
        wrong += faults(page, watch)
        page.locator("main tbody a").first.click()
        wrong += faults(page, watch)
    assert wrong == []


def test_a_service_answers_without_script(visitor: Visitor) -> None:
    page = visitor()
    ask(page, a_case(page), "Sans script ?")
    service = visitor(width=360, javascript=False)
    sign_in(service, "Malik Ferhat")
    service.get_by_role("link", name="Sans script").click()
    service.get_by_label("Votre réponse").fill("Oui, sans script.")
    service.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(service.get_by_label("Votre réponse")).to_have_value("Oui, sans script.")
    service.get_by_role("button", name="Envoyer la réponse").click()
    expect(service.locator("main")).to_contain_text("Oui, sans script.")
