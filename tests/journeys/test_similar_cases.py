"""A mediator reads how the others ended, and lets other Cafs learn from one of hers."""

from playwright.sync_api import expect

from tests.journeys.conftest import Visitor, violations
from tests.journeys.keys import Keyboard
from tests.journeys.people import choose, sign_in, title

SUMMARY = (
    "Un trop-perçu de logement venait d’un salaire compté deux fois. Le bulletin corrigé, demandé à "
    "l’employeur, a suffi pour annuler la dette et arrêter la retenue."
)


def test_a_summary_goes_from_a_mediator_to_another_caf_and_back(visitor: Visitor) -> None:
    page = visitor()
    sign_in(page, "Claire Vasseur")
    page.goto("/bureau/?vue=clos&prestation=APL")
    page.locator("tr", has_text="Close, décision").locator("a").first.click()
    page.get_by_role("link", name="Voir comment d’autres se sont terminés").click()
    assert "clos" in title(page)
    assert violations(page) == []
    page.get_by_role("link", name="Partager un résumé").click()
    keys = Keyboard(page)
    keys.write("words", f"{SUMMARY} Écrire à service@exemple.fr.")
    choose(page, "J’ai relu ce résumé")
    keys.send("Partager ce résumé")
    expect(page.locator(".govuk-error-summary")).to_contain_text("une adresse électronique")
    expect(page.get_by_label("Le résumé")).to_have_value(f"{SUMMARY} Écrire à service@exemple.fr.")
    assert violations(page) == []
    page.get_by_label("Le résumé").fill(SUMMARY)
    page.get_by_role("button", name="Partager ce résumé").click()
    expect(page.locator("main")).to_contain_text("Partagé par Claire Vasseur")

    far = visitor(width=360, javascript=False)
    sign_in(far, "Rémi Castagné")
    read = far.locator("main")
    for link in far.locator("a[href*='/bureau/dossiers/']").evaluate_all("all => all.map(one => one.href)"):
        far.goto(f"{link.split('#')[0]}semblables/")
        if SUMMARY in read.inner_text():
            break
    expect(read).to_contain_text(SUMMARY)
    expect(read).not_to_contain_text("Claire Vasseur")

    page.get_by_role("link", name="Retirer ce résumé").click()
    page.get_by_label("Pourquoi le retirer").fill("Trop précis.")
    page.get_by_role("button", name="Retirer le résumé").click()
    expect(page.get_by_role("link", name="Partager un résumé")).to_be_visible()
    far.reload()
    expect(read).not_to_contain_text(SUMMARY)
