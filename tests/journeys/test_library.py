"""A template is copied, approved by somebody else, offered; letters begun before keep theirs."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor, violations
from tests.journeys.keys import Keyboard
from tests.journeys.people import sign_in, title

LIBRARY = "/pilotage/modeles/"
NAME = "Décision maintenue, avec rendez-vous"
USED = "Modèle national «\u00a0Décision maintenue\u00a0», version 2"
ADDED = "Je peux vous recevoir pour en parler."


def studied(page: Page, name: str) -> str:
    """The address of somebody’s case, from the list of work."""
    page.goto("/bureau/?vue=tous")
    page.get_by_role("link", name=name).first.click()
    return page.url.split("#", 1)[0]


def begin_letter(page: Page, case: str, template: str) -> None:
    page.goto(f"{case}reponse/")
    page.locator(".m-choice__label", has_text=re.compile(f"^{template}$")).click()
    page.get_by_role("button", name="Commencer la lettre").click()


def test_a_local_template_goes_from_its_copy_to_a_letter(visitor: Visitor) -> None:
    claire, mathilde = visitor(), visitor(width=768)
    sign_in(claire, "Claire Vasseur")
    before = studied(claire, "Wei Chen")
    begin_letter(claire, before, "Décision maintenue")
    expect(claire.locator(".m-head")).to_contain_text(USED)

    claire.goto(f"{LIBRARY}reply-upheld/")
    assert violations(claire) == []
    claire.get_by_role("link", name="Copier").click()
    claire.locator("[name=name]").fill(NAME)
    claire.get_by_role("button", name="Copier").click()
    assert violations(claire) == []
    body = claire.locator("[name=body]")
    with claire.expect_response(re.compile("/enregistrer/")) as wrong:
        body.fill(body.input_value() + "\n\n[si prestation: APK]\nUn")
    assert wrong.value.ok
    status = claire.locator("[data-autosave-status]")
    expect(status).to_contain_text("«\u00a0APK\u00a0» n’est pas connu")
    with claire.expect_response(re.compile("/enregistrer/")):
        body.fill(body.input_value().replace("[si prestation: APK]\nUn", ADDED))
    expect(status).to_contain_text("Enregistré à")
    claire.get_by_role("button", name="Enregistrer et voir l’aperçu").click()
    expect(claire.locator(".m-preview")).to_have_attribute("src", re.compile("r=3"))
    claire.get_by_role("button", name="Enregistrer et terminer").click()
    expect(claire.locator("ins").first).to_be_visible()
    claire.locator("[name=soumettre-word]").fill("Pour nos permanences")
    claire.get_by_role("button", name="Soumettre ce modèle").click()
    expect(claire.get_by_role("button", name="Approuver ce modèle")).to_have_count(0)

    sign_in(mathilde, "Mathilde Roumier")
    mathilde.goto(LIBRARY)
    assert violations(mathilde) == []
    mathilde.get_by_role("link", name=re.compile(NAME)).first.click()
    expect(mathilde.locator("main")).to_contain_text("Pour nos permanences")
    mathilde.get_by_role("button", name="Approuver ce modèle").click()
    expect(mathilde.locator(".m-head")).to_contain_text("En vigueur")

    other = studied(claire, "Samira Belkacem")
    claire.goto(f"{other}reponse/")
    first = claire.locator(".m-choice__label").first
    hint = claire.locator(".m-choice__hint").first
    expect(first).to_have_text(NAME)
    expect(hint).to_contain_text("Il passe avant les modèles nationaux")
    claire.goto(f"{before}reponse/")
    expect(claire.locator(".m-head")).to_contain_text(USED)
    expect(claire.locator("[name=body]")).not_to_have_value(re.compile(ADDED))


def test_the_national_mediation_approves_without_script_and_by_keyboard(visitor: Visitor) -> None:
    helene = visitor(width=360, javascript=False)
    sign_in(helene, "Hélène Marchetti")
    helene.goto(LIBRARY)
    helene.get_by_role("link", name="Retenues expliquées, version 2").first.click()
    expect(helene.locator("ins")).to_have_count(1)
    helene.get_by_role("button", name="Approuver ce modèle").click()
    expect(helene.locator(".m-head")).to_contain_text("En vigueur")

    page = visitor()
    sign_in(page, "Victor Lamarque")
    page.goto(f"{LIBRARY}nouveau/")
    keys = Keyboard(page)
    keys.write("name", "Rappel versé en deux fois")
    keys.send("Commencer")
    assert title(page) == "Rappel versé en deux fois"
    keys.write("title", "La Caf vous verse deux rappels")
    keys.write("body", "{formule_d_appel}, la Caf vous verse deux rappels.")
    keys.send("Enregistrer et terminer")
    assert keys.unseen == []
    expect(page.locator(".m-template-text")).to_contain_text("deux rappels")
    assert violations(page) == []


def test_two_who_write_the_same_draft_lose_nothing(visitor: Visitor) -> None:
    claire, mathilde = visitor(), visitor()
    sign_in(claire, "Claire Vasseur")
    claire.goto(f"{LIBRARY}nouveau/")
    claire.locator("[name=name]").fill("Écrit à deux")
    claire.get_by_role("button", name="Commencer").click()
    address = claire.url
    sign_in(mathilde, "Mathilde Roumier")
    mathilde.goto(address)
    mathilde.locator("[name=title]").fill("Le titre de Mathilde")
    mathilde.locator("[name=body]").fill("Le texte de Mathilde.")
    mathilde.get_by_role("button", name="Enregistrer et voir l’aperçu").click()
    claire.locator("[name=title]").fill("Le titre de Claire")
    claire.locator("[name=body]").fill("Le texte de Claire.")
    claire.get_by_role("button", name="Enregistrer et voir l’aperçu").click()
    expect(claire.locator("main")).to_contain_text("Mathilde Roumier a enregistré une autre version")
    expect(claire.locator(".m-theirs")).to_have_text("Le texte de Mathilde.")
    expect(claire.locator("[name=body]")).to_have_value("Le texte de Claire.")
    assert violations(claire) == []
    claire.get_by_role("button", name="Enregistrer et terminer").click()
    expect(claire.locator(".m-template-text")).to_have_text("Le texte de Claire.")
