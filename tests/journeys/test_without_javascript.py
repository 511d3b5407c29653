"""A referral filed, followed and answered where no script runs."""

import re
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.people import choose, fill_the_request, go_on, sign_in, sign_in_elsewhere, title

CAF = "44"
REFERENCE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")


def test_a_referral_is_filed_and_followed_without_script(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor(width=360, javascript=False)
    sign_in_elsewhere(page, CAF, 1)
    declare_a_complaint(page)
    fill_the_request(page, tmp_path, asked="Comprendre cette retenue")
    assert title(page) == "Vérifiez avant d’envoyer"
    expect(page.locator("main")).to_contain_text("1 document")
    go_on(page, "Envoyer ma demande")
    assert title(page) == "Votre demande est enregistrée"
    reference = REFERENCE.search(page.locator("main").inner_text())
    assert reference

    page.goto(f"/espace/{reference.group()}/")
    page.get_by_role("link", name="Écrire un message").click()
    go_on(page, "Envoyer le message")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.locator("[name=body]").fill("J’ai retrouvé la lettre du 2 octobre.")
    go_on(page, "Envoyer le message")
    expect(page.locator("#messages")).to_contain_text("J’ai retrouvé la lettre du 2 octobre.")
    page.get_by_role("link", name="retirer").click()
    go_on(page, "Retirer ma demande")
    expect(page.locator("main")).to_contain_text("retirée")


def declare_a_complaint(page: Page) -> None:
    page.goto("/saisir/")
    choose(page, "Oui")
    go_on(page)
    choose(page, "Une prestation que je reçois")
    go_on(page)
    choose(page, "J’ai déjà fait une réclamation")
    go_on(page)
    made_on = date.today() - timedelta(days=120)  # noqa: DTZ011 — what somebody types
    for part, number in (("day", made_on.day), ("month", made_on.month), ("year", made_on.year)):
        page.locator(f"[name=made_on_{part}]").fill(str(number))
    choose(page, "Courrier")
    go_on(page)
    while "urgence" not in page.url:
        choose(page, "Non")
        go_on(page)
    choose(page, "Aucune de ces situations")
    go_on(page)


def test_a_mediator_takes_up_asks_and_replies_without_script(visitor: Visitor) -> None:
    page = visitor(javascript=False)
    sign_in(page, "Rémi Castagné")
    page.goto("/bureau/?vue=a-qualifier")
    # Those that come from another Caf were found admissible there.
    page.locator(".m-work__name").filter(has_not_text=re.compile("Koné|Roussel")).first.click()
    case = page.url
    page.get_by_role("button", name="Prendre en charge").first.click()
    expect(page.locator("main")).to_contain_text("par Rémi Castagné")
    ask(page)
    decide(page)
    page.goto(case)
    reply(page)


def ask(page: Page) -> None:
    page.get_by_role("link", name="Demander des pièces").first.click()
    page.locator("[name=others]").fill("Avis d’imposition 2025")
    go_on(page, "Demander des pièces")
    expect(page.locator("main")).to_contain_text("Avis d’imposition 2025")


def decide(page: Page) -> None:
    page.get_by_role("link", name="Décider la recevabilité").first.click()
    choose(page, "Recevable")
    go_on(page, "Décider et notifier")
    expect(page.locator("main")).to_contain_text("Recevable depuis")


def reply(page: Page) -> None:
    page.get_by_role("link", name="Rédiger la réponse").first.click()
    page.locator("label", has_text="Décision maintenue").first.click()
    go_on(page, "Commencer la lettre")
    body = page.locator("[name=body]")
    body.fill(re.sub(r"\[[^\]]*\]", "La Caf a appliqué la règle.", body.input_value()))
    go_on(page, "Relire et signer")
    expect(page.locator("section", has=page.locator("#a-dire"))).to_contain_text("Manque encore")
    go_on(page, "Signer et envoyer")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    choose(page, "Décision maintenue")
    page.locator("select[name=cause]").select_option(index=1)
    page.locator("select[name=reason]").select_option(label="Autre raison")
    page.locator("select[name=error_type]").select_option(label="Aucune erreur de la Caf")
    choose(page, "Aucun effet financier")
    go_on(page, "Signer et envoyer")
    expect(page.locator("main")).to_contain_text("maintenue")
