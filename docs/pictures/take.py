"""Take the pictures of the README from a running demonstration.

make demo &  python docs/pictures/take.py http://127.0.0.1:8000
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
WIDTHS = (1440, 360)
ON_PHONES = ("accueil", "suivi", "plan-de-travail")
Way = Callable[[Page], None]


def case_of(name: str) -> Way:
    def open_it(page: Page) -> None:
        page.goto("/bureau/")
        page.get_by_role("link", name=name).first.click()

    return open_it


def then(first: Way, link: str) -> Way:
    def follow(page: Page) -> None:
        first(page)
        page.get_by_role("link", name=re.compile(link)).first.click()

    return follow


def at(path: str) -> Way:
    def go(page: Page) -> None:
        page.goto(path)

    return go


def first_request(page: Page) -> None:
    page.goto("/espace/")
    page.locator("main a[href*='/espace/']").first.click()


PICTURES: dict[str, tuple[str, Way]] = {
    "accueil": ("", at("/caf/75/")),
    "obstacle": ("Youssef Haddad", then(at("/espace/"), "Reprendre")),
    "question": ("Inès Ferhat", at("/saisir/")),
    "suivi": ("Samira Belkacem", first_request),
    "plan-de-travail": ("Claire Vasseur", at("/bureau/")),
    "dossier": ("Claire Vasseur", case_of("Samira Belkacem")),
    "recevabilite": ("Claire Vasseur", then(case_of("Delphine et Marc Aubry"), "recevabilité")),
    "reponse": ("Claire Vasseur", then(case_of("Ibrahima Sow"), "réponse")),
    "personnes": ("", at("/demonstration/")),
}


def main(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, (who, way) in PICTURES.items():
            for width in WIDTHS if name in ON_PHONES else WIDTHS[:1]:
                page = browser.new_page(
                    base_url=address, viewport={"width": width, "height": 900}, locale="fr-FR"
                )
                if who:
                    page.goto("/demonstration/")
                    page.get_by_role("button", name=re.compile(who)).first.click()
                way(page)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=HERE / f"{name}-{width}.png", full_page=width != WIDTHS[0])
                page.close()


if __name__ == "__main__":
    main(sys.argv[1])
