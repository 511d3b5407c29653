"""An overpayment pasted from a sheet, corrected, joined to a letter; a deduction; the scale of an order."""

import io
import re

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import Visitor, violations
from tests.journeys.people import sign_in

PASTED = (
    "Mois\tDû\tVersé\tÉcart\tMotif\n"
    "janvier 2026\t212,40\t398,10\t185,70\tSalaire de mars déclaré en juin\n"
    "02/2026\t212,40\t39810\t\tSalaire de mars déclaré en juin\n"
    "2026-03\t24I,30\t198,60\t\tLoyer mis à jour tard\n"
)


def case_of_samira(page: Page) -> str:
    sign_in(page, "Claire Vasseur")
    page.get_by_role("link", name="Samira Belkacem").first.click()
    return page.url.split("#", 1)[0]


def test_a_table_is_pasted_corrected_and_leaves_with_the_letter(visitor: Visitor) -> None:
    page = visitor()
    case = case_of_samira(page)
    page.get_by_role("link", name="Expliquer le trop-perçu").click()
    opened = page.locator("details", has_text="Coller depuis un tableur")
    if opened.get_attribute("open") is None:
        opened.locator("summary").click()
    page.get_by_label("Lignes copiées d’un tableur").fill(PASTED)
    page.get_by_label("À la place des lignes").check(force=True)
    page.get_by_role("button", name="Reprendre ces lignes").click()
    page.get_by_role("link", name="Ligne\u00a03, dû").click()
    expect(page.locator("#due-3")).to_be_focused()
    assert violations(page) == []
    page.locator("#due-3").fill("241,30")
    page.locator("#paid-2").fill("398,10")
    page.get_by_role("button", name="Enregistrer et voir").click()
    seen = page.locator(".m-bars--wide, .m-bars--narrow").filter(visible=True)
    expect(seen).to_have_count(1)
    expect(seen).to_have_attribute("aria-label", re.compile("Barres de janvier à mars"))
    assert violations(page) == []
    page.goto(f"{case}reponse/")
    if page.get_by_role("radio").count():
        page.get_by_role("radio").first.check(force=True)
        page.get_by_role("button").last.click()
    page.get_by_role("button", name=re.compile("Joindre l’explication|Changer ou retirer")).click()
    page.get_by_label("Joindre l’explication du trop-perçu").check(force=True)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("main")).to_contain_text("Jointe à cette lettre")
    made = page.request.get(f"{case}reponse/apercu.pdf").body()
    last = PdfReader(io.BytesIO(made)).pages[-1].extract_text()
    assert "Explication du trop-perçu" in last
    assert "Salaire de mars déclaré en juin" in " ".join(last.split())


def test_a_deduction_is_worked_out_for_2020_and_refused_for_now(visitor: Visitor) -> None:
    page = visitor(width=360, javascript=False)
    case = case_of_samira(page)
    page.goto(f"{case}retenue/")
    page.get_by_label("Premier mois de la retenue").fill("novembre 2026")
    page.get_by_label("Revenu mensuel pondéré").fill("593")
    page.get_by_label("L’année civile de référence").check(force=True)
    page.get_by_label("Quelle dette").fill("Trop-perçu d’APL")
    for name, value in (("day", "2"), ("month", "10"), ("year", "2019")):
        page.locator(f"[name=dette-1-since_{name}]").fill(value)
    page.get_by_label("Montant restant dû").fill("1 842,60")
    page.get_by_role("button", name="Calculer").click()
    expect(page.locator("main")).to_contain_text("n’en invente pas")
    expect(page.get_by_label("Montant restant dû")).to_have_value("1 842,60")
    page.get_by_label("Premier mois de la retenue").fill("mars 2020")
    page.get_by_role("button", name="Calculer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("150,45")


def test_the_national_mediation_enters_a_scale(visitor: Visitor) -> None:
    page = visitor()
    sign_in(page, "Hélène Marchetti")
    page.get_by_role("link", name="Barèmes").click()
    assert violations(page) == []
    page.get_by_role("link", name="Saisir un barème").click()
    page.get_by_label("Est nouveau").check(force=True)
    page.get_by_label("Texte").fill("Arrêté inventé pour l’essai, article 5")
    for name, value in (
        *(("valid_from_day", "1"), ("valid_from_month", "1"), ("valid_from_year", "2019")),
        *(("valid_until_day", "31"), ("valid_until_month", "12"), ("valid_until_year", "2019")),
        *(("floor", "260"), ("flat", "48"), ("rate_1", "25"), ("deemed", "1 160")),
    ):
        page.locator(f"[name={name}]").fill(value)
    assert violations(page) == []
    page.get_by_role("button", name="Enregistrer ce barème").click()
    expect(page.locator("main")).to_contain_text("Saisi par Hélène Marchetti")
