"""Somebody leaves and is replaced; two people on one case; the service is written in the morning."""

import re
import subprocess
import sys
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from mediane.kit.workdays import Zone, next_working_day
from tests.journeys.conftest import Product, Visitor, violations, wait_until
from tests.journeys.looking import Watch, faults
from tests.journeys.people import go_on, sign_in

PARIS = ZoneInfo("Europe/Paris")
DIGESTS = """
import sys
from datetime import datetime
import django; django.setup()
from mediane.attendance.actions import notices
from mediane.kit.rowsecurity import staff, working_for
from mediane.organisations.queries import by_code
caf, at = by_code("75"), datetime.fromisoformat(sys.argv[1])
with working_for(staff(caf.pk)):
    members = notices.to_digest(caf, at=at)
for member in members:
    with working_for(staff(caf.pk)):
        notices.digest(caf=caf, member=member, at=at)
"""


def fill_days(page: Page, first: datetime, last: datetime) -> None:
    for name, day in (("first_on", first), ("last_on", last)):
        for part in ("day", "month", "year"):
            page.locator(f"[name={name}_{part}]").fill(str(getattr(day, part)))


def a_case_of(page: Page, name: str) -> str:
    """The address of a case that somebody follows, from their own list."""
    sign_in(page, name)
    page.goto("/bureau/?vue=miens")
    page.locator(".m-work a").first.click()
    page.wait_for_url("**/bureau/dossiers/**")
    return page.url.split("#", 1)[0]


def test_an_absence_and_its_cover_without_script(visitor: Visitor, product: Product) -> None:
    nadia = visitor(width=768, javascript=False)
    case = a_case_of(nadia, "Nadia Pruvost").rstrip("/").rsplit("/", 1)[1]
    today = datetime.now(PARIS)
    nadia.goto("/bureau/absences/")
    # The demonstration has her leave in two days: she leaves today instead.
    nadia.get_by_role("link", name="Nadia Pruvost").first.click()
    fill_days(nadia, today, today + timedelta(days=9))
    solene = nadia.locator("[name=cover] option", has_text="Solène Lebrun").get_attribute("value")
    nadia.locator("[name=cover]").select_option(solene)
    go_on(nadia, "Enregistrer")
    expect(nadia.locator("main")).to_contain_text("personnes sont en absence aujourd’hui")

    cover = visitor(width=360)
    watch = Watch(cover, product.url.removeprefix("http://"))
    sign_in(cover, "Solène Lebrun")
    cover.goto("/bureau/?vue=miens")
    expect(cover.locator("main")).to_contain_text("Vous remplacez Nadia Pruvost jusqu’au")
    assert faults(cover, watch) == []
    assert followed(cover, case)

    claire = visitor()
    sign_in(claire, "Claire Vasseur")
    claire.goto(f"/bureau/dossiers/{unassigned(claire)}/attribution/")
    claire.locator("label", has_text="Nadia Pruvost").click()
    go_on(claire, "Attribuer")
    expect(claire.get_by_role("heading", level=1)).to_have_text("Nadia Pruvost est en absence")
    assert violations(claire) == []
    go_on(claire, "Attribuer à Solène Lebrun")
    claire.wait_for_url("**/bureau/dossiers/**")
    expect(claire.locator("main")).to_contain_text("suivie par Solène Lebrun")

    nadia.goto("/bureau/absences/")
    nadia.get_by_role("link", name="Nadia Pruvost").first.click()
    nadia.get_by_role("link", name=re.compile("cette absence")).click()
    nadia.locator("main form button").click()
    cover.goto("/bureau/?vue=miens")
    expect(cover.locator("main")).not_to_contain_text("Vous remplacez Nadia Pruvost")
    nadia.goto("/bureau/?vue=miens")
    assert followed(nadia, case)


def followed(page: Page, reference: str) -> bool:
    """On one of the pages of the list."""
    while page.locator(".m-work", has_text=reference).count() == 0:
        more = page.get_by_role("link", name="Afficher la suite")
        if more.count() == 0:
            return False
        more.click()
        page.wait_for_load_state()
    return True


def unassigned(page: Page) -> str:
    page.goto("/bureau/?vue=non-attribues")
    return page.locator(".m-work .m-reference").first.inner_text()


def test_two_people_on_one_case_see_each_other(visitor: Visitor) -> None:
    nadia, claire = visitor(), visitor(width=768)
    case = a_case_of(nadia, "Nadia Pruvost")
    sign_in(claire, "Claire Vasseur")
    claire.goto(case)
    said = claire.locator("[data-presence]")
    expect(said).to_contain_text("Nadia Pruvost consulte ce dossier.")
    nadia.goto(f"{case}note/")
    expect(said).to_contain_text("Nadia Pruvost écrit une note.", timeout=25_000)
    assert violations(claire) == []
    claire.goto(f"{case}note/")
    expect(said).to_have_text("Nadia Pruvost écrit ici.")
    expect(nadia.locator("[data-presence]")).to_contain_text("Claire Vasseur écrit ici.", timeout=25_000)
    nadia.goto("/bureau/")
    expect(said).to_have_text("", timeout=25_000)


def test_the_service_is_written_once_in_the_morning(visitor: Visitor, product: Product) -> None:
    claire = visitor()
    sign_in(claire, "Claire Vasseur")
    reference = unassigned(claire)
    claire.goto(f"/bureau/dossiers/{reference}/attribution/")
    claire.locator("label", has_text="Solène Lebrun").click()
    go_on(claire, "Attribuer")
    claire.wait_for_url("**/bureau/dossiers/**")

    tomorrow = next_working_day(datetime.now(PARIS).date() + timedelta(days=1), Zone.METROPOLE)
    morning = datetime.combine(tomorrow, time(7, 10), PARIS)
    write(product, morning)
    (message,) = digests(product, reference)
    write(product, morning + timedelta(hours=1))
    assert digests(product, reference) == [message]
    body = message.get_content()
    name = claire.locator("h1").inner_text()
    assert name not in body
    assert "Lebrun" not in body


def write(product: Product, at: datetime) -> None:
    subprocess.run([sys.executable, "-c", DIGESTS, at.isoformat()], env=product.environment, check=True)


def digests(product: Product, reference: str) -> list[EmailMessage]:
    """Those of Solène that speak of a case."""

    def found() -> list[EmailMessage]:
        received = product.mail_to("solene.lebrun@caf75.invalid")
        morning = [message for message in received if "résumé du matin" in str(message["Subject"])]
        return [message for message in morning if reference in message.get_content()]

    wait_until(lambda: bool(found()), "digest")
    return found()
