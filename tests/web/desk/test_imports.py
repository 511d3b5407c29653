"""Earlier years, on the desk."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mediane.imports.models import Import, PastCase
from mediane.imports.rules import CASES_MODEL
from mediane.kit import rowsecurity, spreadsheet
from tests.cast import Cast
from tests.conftest import SignedIn

PAGE = "/bureau/annees-passees/"
WRONG = "Nom;Référence;Reçue le;Canal\n=Belkacem;1;demain;Courrier\n".encode()


def a_file(data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("saisines 2021.csv", data or spreadsheet.as_csv(CASES_MODEL), "text/csv")


def the_file(cast: Cast) -> Import:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return Import.objects.get()


def test_a_year_is_read_looked_at_taken_and_taken_back(browser: SignedIn, cast: Cast) -> None:
    claire = browser.as_staff(cast.claire)
    claire.post(PAGE, {"file": a_file()})
    page = f"{PAGE}{the_file(cast).pk}/"
    assertContains(claire.get(page), "2\u00a0dossiers prêts")
    assertContains(claire.get(page), "Erreur de liquidation")
    assertRedirects(claire.post(f"{page}reprise/"), page)
    assertContains(claire.get(page), "2\u00a0dossiers repris")
    assertContains(claire.get(PAGE), "saisines 2021.csv")
    claire.post(f"{page}annulation/")
    assertContains(claire.get(page), "Reprise annulée par Claire Vasseur")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not PastCase.objects.exists()


def test_lines_to_correct_are_shown_and_can_be_taken_away(browser: SignedIn, cast: Cast) -> None:
    claire = browser.as_staff(cast.claire)
    claire.post(PAGE, {"file": a_file(WRONG)})
    page = f"{PAGE}{the_file(cast).pk}/"
    shown = claire.get(page)
    assertContains(shown, "1\u00a0point à corriger")
    assertContains(shown, "n’est pas une date")
    assertContains(shown, "jamais conservées\u00a0: Nom.")
    assertNotContains(shown, "Belkacem")
    refused = claire.post(f"{page}reprise/")
    assertContains(refused, "Rien n’est repris")
    told = claire.get(f"{page}corrections.csv")
    assert told.content.decode("utf-8-sig").startswith("Ligne;Colonne;À corriger\r\n2;Reçue le;")
    assertRedirects(claire.post(f"{page}abandon/"), PAGE)
    assert claire.get(page).status_code == 404


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "Choisissez un fichier"), (b"\x00\x01", "ni un CSV"), (b"x" * 10_500_000, "dépasse")],
)
def test_what_is_no_sheet_is_refused_in_words(browser: SignedIn, cast: Cast, data: bytes, words: str) -> None:
    given = {"file": a_file(data)} if data else {}
    assertContains(browser.as_staff(cast.claire).post(PAGE, given), words)


def test_a_file_of_another_caf_does_not_exist(browser: SignedIn, cast: Cast, at: datetime) -> None:
    browser.as_staff(cast.claire).post(PAGE, {"file": a_file()})
    number = the_file(cast).pk
    remi = browser.as_staff(cast.remi)
    assert remi.get(f"{PAGE}{number}/").status_code == 404
    assert remi.post(f"{PAGE}{number}/reprise/").status_code == 404


def test_models_are_read_as_they_are(browser: SignedIn, cast: Cast) -> None:
    claire = browser.as_staff(cast.claire)
    for kind in ("cases", "totals"):
        data = claire.get(f"{PAGE}modele-{kind}.csv").content
        shown = claire.post(PAGE, {"file": a_file(data)}, follow=True)
        assertContains(shown, "prêts.")


def test_the_page_reads_as_little_with_ten_files_as_with_one(
    browser: SignedIn, cast: Cast, django_assert_num_queries
) -> None:
    claire = browser.as_staff(cast.claire)
    for number in range(10):
        claire.post(PAGE, {"file": a_file(f"Référence;Reçue le;Canal\n{number};01/02/2021;x".encode())})
    with django_assert_num_queries(8):
        claire.get(PAGE)
