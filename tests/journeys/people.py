"""What people do on the pages, in words."""

import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page


def sign_in(page: Page, name: str) -> None:
    """Enter as somebody of the cast, through the demonstration’s page of people."""
    page.goto("/demonstration/")
    page.get_by_role("button", name=re.compile(name)).first.click()


def sign_in_elsewhere(page: Page, caf: str, nth: int) -> None:
    """Enter as a beneficiary of another Caf, whose register knows no complaint."""
    page.goto(f"/demonstration/?caf={caf}")
    page.locator("#autres .m-card", has_text="Allocataire n°").nth(nth).get_by_role("button").click()


def title(page: Page) -> str:
    """The title, with ordinary spaces."""
    return " ".join(page.get_by_role("heading", level=1).inner_text().split())


def choose(page: Page, *labels: str) -> None:
    """Click the card of each answer."""
    for label in labels:
        page.locator("label", has_text=label).first.click()


def go_on(page: Page, button: str = "Continuer") -> None:
    # A page with a long text keeps it first, then leaves.
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def a_photo(folder: Path, name: str = "IMG_2043.jpg") -> Path:
    path = folder / name
    Image.new("RGB", (640, 480), "#8899aa").save(path)
    return path


def take_the_test(page: Page) -> None:
    """Answer the eight questions of somebody who complained and may refer the case."""
    choose(page, "Oui")
    go_on(page)
    choose(page, "Une prestation que je reçois")
    go_on(page)
    page.locator("label").first.click()
    go_on(page)
    while "urgence" not in page.url:
        choose(page, "Non")
        go_on(page)
    choose(page, "Aucune de ces situations")
    go_on(page)


def fill_the_request(page: Page, folder: Path, *, asked: str) -> None:
    """Write the four steps of a request, with a photo, up to the last check."""
    choose(page, "APL", "Je ne comprends pas un trop-perçu")
    go_on(page)
    page.get_by_label("Ce que vous demandez").fill(asked)
    page.get_by_label("Expliquez avec vos mots").fill(
        "On me retient 187 € par mois. Je ne sais pas pourquoi."
    )
    go_on(page)
    page.locator("input[type=file]").set_input_files(a_photo(folder))
    page.locator("button[name=add]").click()
    go_on(page)
    choose(page, "Espace de suivi et courriel")
    go_on(page)
