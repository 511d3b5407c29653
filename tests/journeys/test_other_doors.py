"""What comes by telephone, by post and by e-mail becomes a case; the rules of the test change on a day."""

import re
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor, violations
from tests.journeys.keys import Keyboard
from tests.journeys.people import a_photo, choose, go_on, sign_in, title

ENTRY = "/bureau/enregistrer/"
REGISTER = "Enregistrer la demande"
DONE = "La demande est enregistrée"


def say_what_is_asked(page: Page) -> None:
    page.locator("[name=asked]").fill("Reprendre le versement de l’AAH")
    page.locator("[name=explanation]").fill("Plus rien depuis septembre.")
    page.locator("[name=benefit]").select_option(index=1)
    page.locator("[name=ground]").select_option(index=1)


def test_a_call_is_registered_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor()
    sign_in(page, "Nadia Pruvost")
    keys = Keyboard(page)
    page.goto(ENTRY)
    keys.to(page.locator("#id_q"))
    page.keyboard.type("lucette morvn")
    keys.press("Enter")
    expect(page.locator("[name=person]:focus")).to_be_checked()
    keys.choose("Téléphone")
    keys.write("asked", "Reprendre le versement")
    keys.write("explanation", "Plus rien depuis septembre.")
    for name in ("benefit", "ground"):
        keys.to(page.locator(f"[name={name}]"))
        keys.press("ArrowDown")
    keys.choose("Dans son espace de suivi")
    keys.send(REGISTER)
    assert title(page) == DONE
    expect(page.locator("main")).to_contain_text("Morvan")
    assert keys.unseen == []


def test_a_letter_and_its_scan_are_registered_without_script(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor(width=360, javascript=False)
    sign_in(page, "Nadia Pruvost")
    page.goto(ENTRY)
    page.locator("#id_q").fill("lucette morvn")
    page.locator("[name=documents]").set_input_files(a_photo(tmp_path, "lettre.jpg"))
    page.locator("button[name=find]").click()
    assert page.url.endswith("#who")
    choose(page, "Lucette Morvan")
    page.locator("[name=documents]").set_input_files(a_photo(tmp_path, "enveloppe.jpg"))
    go_on(page, REGISTER)
    expect(page.locator(".govuk-error-summary")).to_contain_text("Dites ce qui est demandé")
    assert kept(page) == ["lettre.jpg", "enveloppe.jpg"]
    say_what_is_asked(page)
    go_on(page, REGISTER)
    assert title(page) == DONE
    page.get_by_role("link", name="Ouvrir le dossier").click()
    expect(page.locator("main")).to_contain_text("lettre.jpg")


def kept(page: Page) -> list[str]:
    """The names of the files that the page keeps."""
    return [text.split("\n")[0] for text in page.locator("#kept li div").all_inner_texts()]


def test_a_mail_of_the_tray_becomes_a_case(visitor: Visitor) -> None:
    page = visitor()
    sign_in(page, "Nadia Pruvost")
    page.goto("/bureau/courrier/")
    page.get_by_role("link", name=re.compile("plus d’APL depuis septembre")).click()
    page.get_by_role("link", name="Enregistrer cette demande").click()
    assert "Mon APL est arrêtée" in page.locator("[name=explanation]").input_value()
    page.locator("[name=person][value=new]").check(force=True)
    for name, words in (("number", "7718204"), ("first_name", "Mathilde"), ("last_name", "Rougier")):
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=benefit]").select_option(index=1)
    page.locator("[name=ground]").select_option(index=1)
    assert violations(page) == []
    go_on(page, REGISTER)
    assert title(page) == DONE
    page.goto("/bureau/courrier/?vue=classes")
    expect(page.locator("main table")).to_contain_text("par Nadia Pruvost")


def test_the_national_mediation_publishes_rules_that_it_has_tried(visitor: Visitor) -> None:
    page = visitor()
    sign_in(page, "Hélène Marchetti")
    page.goto("/pilotage/regles/")
    page.get_by_role("link", name="Préparer de nouvelles règles").click()
    page.locator("[name=waiting_months]").fill("3")
    page.locator("[name=source]").fill("Décision du comité du 2 novembre")
    go_on(page, "Enregistrer et essayer")
    assert title(page).startswith("Essai du projet")
    expect(page.locator("main")).to_contain_text("tests passés")
    assert violations(page) == []
    day = date.today() + timedelta(days=60)  # noqa: DTZ011 — what somebody types
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name=effective_from_{part}]").fill(str(number))
    go_on(page, "Publier ces règles")
    assert title(page) == "Règles du test"
    expect(page.locator("main")).to_contain_text(re.compile(r"Version \d+, à venir"))
