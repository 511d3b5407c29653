"""Marie-Lou has not complained to her Caf yet; Youssef complained too recently."""

from playwright.sync_api import expect

from tests.journeys.conftest import Visitor, violations
from tests.journeys.people import choose, go_on, sign_in, title


def test_marie_lou_is_shown_where_to_complain_first_on_a_phone_without_script(visitor: Visitor) -> None:
    page = visitor(width=360, javascript=False)
    sign_in(page, "Marie-Lou Delmas")
    page.goto("/saisir/")
    choose(page, "Oui")
    go_on(page)
    choose(page, "Une prestation que je reçois")
    go_on(page)
    choose(page, "Je n’ai pas encore réclamé")
    go_on(page)

    assert "/saisir/obstacle/" in page.url
    main = page.locator("main")
    expect(main).to_contain_text("réclamation")
    expect(main).to_contain_text("courrier")
    page.goto("/espace/")
    assert title(page).startswith("Bonjour")


def test_youssef_reads_from_which_day_he_may_come_back(visitor: Visitor) -> None:
    page = visitor(width=768)
    sign_in(page, "Youssef Haddad")
    expect(page.locator("main")).to_contain_text("Possible à partir du")
    assert violations(page) == []
    page.get_by_role("link", name="Reprendre").click()

    assert title(page).startswith("Il est encore un peu tôt")
    assert violations(page) == []
    main = page.locator("main")
    expect(main).to_contain_text("à partir du")
    expect(main).to_contain_text("courrier")
    # The law sets no waiting time: he is advised, not locked out.
    expect(page.get_by_role("button", name="Déposer quand même")).to_be_visible()
