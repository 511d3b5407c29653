"""The period for appeal: a day noted, corrected, signed off, read by the person, and hidden again."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from mediane.kit import clock as clock_of_the_machine
from tests.journeys.conftest import Visitor, violations
from tests.journeys.keys import Keyboard
from tests.journeys.people import choose, go_on, sign_in

RULES = "/pilotage/delais-de-recours/"
TITLE = "Votre délai pour contester la décision"


def test_the_mediator_notes_corrects_signs_off_and_the_person_reads(visitor: Visitor) -> None:
    page, faults = visitor(), []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    sign_in(page, "Claire Vasseur")
    clock = the_clock_of_jeanne(page)
    expect(page.locator(".m-lead")).to_contain_text("Pas calculé")
    assert violations(page) == []

    page.get_by_role("link", name="Noter ce jour").click()
    keys = Keyboard(page)
    decided = clock_of_the_machine.today() - timedelta(days=40)
    for part in ("day", "month", "year"):
        keys.write(f"on_{part}", str(getattr(decided, part)))
    keys.choose("Jour dit par la personne")
    keys.to(page.locator("[name=path]"))
    keys.press("ArrowDown")
    keys.choose("Oui, avec le délai")
    keys.send("Enregistrer")
    expect(page.get_by_role("heading", name="À vérifier dans ce dossier")).to_be_visible()
    assert keys.unseen == []
    assert violations(page) == []

    page.goto(f"{clock}decision/")
    assert violations(page) == []
    choose(page, "Avis de réception signé")
    go_on(page, "Enregistrer")
    expect(page.get_by_role("heading", name="À vérifier dans ce dossier")).to_have_count(0)
    expect(page.locator(".m-said li")).to_have_count(2)

    person = visitor(width=360, javascript=False)
    sign_in(person, "Jeanne Kermadec")
    person.goto("/espace/")
    own = f"/espace/{reference(clock)}/"
    person.goto(own)
    expect(person.get_by_role("heading", name=TITLE)).to_have_count(0)

    sign_off(page, "La date", "Avis du service juridique du 3 novembre")
    assert violations(page) == []
    person.goto(own)
    expect(person.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(person.locator("#recours + p + p")).to_contain_text("À vérifier")

    sign_off(page, "Rien", "Doute sur la loi du 26 mai")
    person.goto(own)
    expect(person.get_by_role("heading", name=TITLE)).to_have_count(0)
    assert faults == []


def test_the_page_is_read_on_a_telephone_and_on_paper(visitor: Visitor) -> None:
    page = visitor(width=360)
    sign_in(page, "Claire Vasseur")
    page.goto(RULES)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)


def the_clock_of_jeanne(page: Page) -> str:
    """The address of the clock of a case of hers that is admitted."""
    page.get_by_role("link", name="Jeanne Kermadec").first.click()
    page.wait_for_url(re.compile("/dossiers/"))
    clock = f"{page.url.split('#', 1)[0]}delai-de-recours/"
    page.get_by_role("link", name="Pourquoi ce délai de recours").click()
    page.wait_for_url(clock)
    return clock


def reference(clock: str) -> str:
    return clock.rstrip("/").split("/")[-2]


def sign_off(page: Page, choice: str, words: str) -> None:
    page.goto(RULES)
    choose(page, choice)
    page.locator("[name=words]").fill(words)
    go_on(page, "Enregistrer")
    expect(page.locator(".m-said li").first).to_contain_text(words)
