"""Money is validated by a second person; figures are read, told in a report, and given out."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor, violations, wait_until
from tests.journeys.keys import Keyboard
from tests.journeys.people import go_on, sign_in, title

RECORDED = "Droits de mars à mai, repris au guichet"
AMOUNT = re.compile(r"1\s842,60\s€")
TOLD, PUBLISHED = "Le service a ouvert deux matinées de plus.", 2024


def test_money_is_recorded_by_keyboard_and_validated_by_the_head_without_script(visitor: Visitor) -> None:
    page = visitor()
    sign_in(page, "Nadia Pruvost")
    page.get_by_role("link", name="Samira Belkacem").first.click()
    case = page.url.split("#", 1)[0]
    page.goto(f"{case}montants/")
    keys = Keyboard(page)
    for name in ("kind", "benefit"):
        keys.to(page.locator(f"[name={name}]"))
        keys.press("ArrowDown")
    keys.write("decision", RECORDED)
    keys.write("before", "0")
    keys.write("after", "1 842,60")
    keys.write("evidence", "Notification du 12 octobre")
    keys.send("Enregistrer la ligne")
    mine = page.locator(".m-money__line", has_text=RECORDED)
    expect(mine).to_contain_text("par une autre personne que vous")
    assert keys.unseen == []

    head = visitor(width=360, javascript=False)
    sign_in(head, "Agnès Delattre")
    head.get_by_role("link", name="Montants à valider").first.click()
    assert violations_of_a_page_without_script(visitor, head) == []
    row = head.locator("tr", has_text=AMOUNT).filter(has_text="Nadia Pruvost")
    for words in ("Belkacem", RECORDED, "Notification du 12 octobre"):
        expect(head.locator("main")).not_to_contain_text(words)
    row.get_by_role("button").click()
    expect(row).to_have_count(0)

    page.goto(case)
    expect(mine).to_contain_text("validée par Agnès Delattre")


def violations_of_a_page_without_script(visitor: Visitor, page: Page) -> list[str]:
    """Axe is a script: the same page, for the same person, where scripts run."""
    other = visitor(width=360)
    sign_in(other, "Agnès Delattre")
    other.goto(page.url)
    return violations(other)


def test_figures_are_read_by_keyboard_and_printed_with_their_words(visitor: Visitor) -> None:
    page = visitor()
    sign_in(page, "Agnès Delattre")
    page.goto("/pilotage/?periode=2023")
    keys = Keyboard(page)
    first = page.locator(".m-figure").first
    expect(first.get_by_role("img").first).to_have_attribute("aria-label", re.compile(r"\w+"))
    keys.to(first.locator("summary").first)
    keys.press("Enter")
    table = first.get_by_role("table")
    expect(table).to_be_visible()
    assert table.locator("tbody tr").count() == 12
    keys.tab()
    assert first.get_by_role("region").first.evaluate("one => one === document.activeElement")
    keys.to(first.get_by_role("link", name="CSV"))
    assert keys.unseen == []
    page.emulate_media(media="print")
    expect(first.get_by_role("heading")).to_be_visible()
    expect(first.get_by_role("link", name="CSV")).to_be_hidden()
    expect(page.get_by_role("navigation")).to_have_count(0)


def test_a_report_is_written_frozen_and_read_by_everybody(visitor: Visitor) -> None:
    page = visitor(javascript=False)
    sign_in(page, "Claire Vasseur")
    page.goto("/pilotage/rapports/")
    page.locator("[name=year]").fill(str(PUBLISHED))
    go_on(page, "Ouvrir le rapport")
    report = page.url
    page.get_by_role("link", name="Continuer l’écriture").click()
    page.locator("[name=text]").fill(TOLD)
    page.locator("[name=progress]").select_option(label="Relu")
    go_on(page, "Enregistrer")
    expect(page.locator(".m-sheet-page")).to_contain_text(TOLD)
    page.goto(report)
    go_on(page, "Figer le rapport")
    go_on(page, "Publier le rapport")
    page.get_by_role("link", name="Voir la page publique").click()
    public = page.url

    reader = visitor(width=360)
    reader.goto(public)
    assert title(reader) == f"Rapport d’activité {PUBLISHED}"
    expect(reader.locator("main")).to_contain_text(TOLD)
    assert violations(reader) == []


def test_an_export_is_asked_approved_and_taken_away(visitor: Visitor, tmp_path: Path) -> None:
    page, mediator = visitor(javascript=False), visitor(javascript=False)
    sign_in(page, "Nadia Pruvost")
    page.goto("/bureau/exports/")
    page.locator("[name=year]").select_option("2023")
    page.locator("label", has_text="CSV").click()
    page.locator("[name=because]").fill("Préparer la réunion avec le service des prestations")
    go_on(page, "Demander")
    asked = page.url
    expect(page.locator("main")).to_contain_text("En attente d’approbation")
    sign_in(mediator, "Claire Vasseur")
    mediator.goto(asked)
    go_on(mediator, "Approuver")

    def is_ready() -> bool:
        page.goto(asked)
        return bool(page.get_by_role("link", name="Télécharger").count())

    wait_until(is_ready, "export")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Télécharger").click()
    taken.value.save_as(tmp_path / "export.csv")
    assert (tmp_path / "export.csv").read_text("utf-8-sig").count("\n") > 500


def test_a_signal_becomes_a_finding(visitor: Visitor) -> None:
    page = visitor(javascript=False)
    sign_in(page, "Claire Vasseur")
    page.goto("/pilotage/alertes/")
    page.locator("main tbody a").first.click()
    expect(page.get_by_role("heading", name="Les dossiers")).to_be_visible()
    page.get_by_role("link", name="Ouvrir un constat").click()
    assert page.locator("[name=measure]").input_value()
    page.locator("[name=title]").fill("Un motif qui revient depuis trois mois")
    page.locator("[name=words]").fill("Les personnes disent toutes la même chose.")
    go_on(page, "Ouvrir le constat")
    assert title(page) == "Un motif qui revient depuis trois mois"
