"""A year of cases as a file, on the desk."""

from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mediane.exports.models import Export
from mediane.jobs.exports import make_export
from mediane.kit import clock, rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case

PAGE = "/bureau/exports/"
ASKED = {"year": "2026", "made_as": "csv", "because": "Bilan du service"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    settings.DATA, settings.SCRATCH = tmp_path, tmp_path


def the_export(cast: Cast) -> Export:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return Export.objects.get()


def test_an_officer_asks_the_mediator_approves_the_file_is_taken_away(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_case(cast.samira, at)
    nadia = browser.as_staff(cast.nadia)
    assertContains(nadia.get(PAGE), "Aucun export")
    nadia.post(PAGE, ASKED)
    export = the_export(cast)
    page = f"{PAGE}{export.number}/"
    assertContains(nadia.get(page), "En attente d’approbation")
    assertContains(nadia.get(f"{page}fichier/"), "pas encore prêt")
    claire = SignedIn().as_staff(cast.claire)
    assertContains(claire.get(page), "Approuver")
    assertRedirects(claire.post(f"{page}approbation/", {"words": ""}), page)
    assertContains(nadia.get(page), "se prépare seul")
    assertContains(nadia.get(PAGE), "0 sur 1")
    make_export(organisation_id=cast.paris.pk, export_id=export.pk)
    assertContains(nadia.get(page), "Télécharger")
    answer = nadia.get(f"{page}fichier/")
    data = b"".join(answer.streaming_content)
    assert case.reference in data.decode()
    assert answer["Content-Disposition"] == f'attachment; filename="dossiers-75-2026-{export.number}.csv"'
    assert int(answer["Content-Length"]) == len(data)


def test_the_page_says_who_approves(browser: SignedIn, cast: Cast) -> None:
    """Alone in her Caf, a mediator approves her own, and says why it is needed."""
    assertContains(
        browser.as_staff(cast.nadia).get(PAGE), "Un médiateur ou une médiatrice de la Caf l’approuve"
    )
    assertContains(browser.as_staff(cast.remi).get(PAGE), "vous le faites vous-même, en disant pourquoi")
    browser.post(PAGE, ASKED)
    assertContains(browser.get(PAGE), "vous le faites vous-même, en disant pourquoi")


def test_another_officer_sees_it_and_does_not_take_it(browser: SignedIn, cast: Cast) -> None:
    browser.as_staff(cast.nadia).post(PAGE, ASKED)
    page = f"{PAGE}{the_export(cast).number}/"
    browser.as_staff(cast.claire).post(f"{page}approbation/", {"words": ""})
    make_export(organisation_id=cast.paris.pk, export_id=the_export(cast).pk)
    amine = browser.as_staff(cast.amine)
    assertNotContains(amine.get(page), "Télécharger")
    assert amine.get(f"{page}fichier/").status_code == 403
    assert browser.as_staff(cast.remi).get(page).status_code == 404


def test_a_refusal_needs_its_words_and_is_read_by_who_asked(browser: SignedIn, cast: Cast) -> None:
    browser.as_staff(cast.nadia).post(PAGE, ASKED)
    page = f"{PAGE}{the_export(cast).number}/"
    claire = browser.as_staff(cast.claire)
    assertContains(claire.post(f"{page}refus/", {"words": ""}), "Dites pourquoi")
    claire.post(f"{page}refus/", {"words": "Le bilan du trimestre suffit"})
    assertContains(claire.post(f"{page}approbation/", {"words": ""}), "Claire Vasseur a déjà refusé")
    assertContains(browser.as_staff(cast.nadia).get(page), "Le bilan du trimestre suffit")


def test_an_officer_who_posts_an_approval_is_refused(browser: SignedIn, cast: Cast) -> None:
    nadia = browser.as_staff(cast.nadia)
    nadia.post(PAGE, ASKED)
    assert nadia.post(f"{PAGE}{the_export(cast).number}/approbation/", {"words": ""}).status_code == 403


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(browser: SignedIn, cast: Cast) -> None:
    nadia = browser.as_staff(cast.nadia)
    assertContains(nadia.post(PAGE, {}), "Choisissez une année")
    assertContains(nadia.post(PAGE, ASKED | {"because": "", "year": "1789"}), "Dites à quoi servira")
    nadia.post(PAGE, ASKED)
    again = nadia.post(PAGE, ASKED)
    assertContains(again, "Vous avez déjà demandé ce fichier")
    assertContains(again, 'value="Bilan du service"')


def test_a_second_press_leads_to_the_same_export(browser: SignedIn, cast: Cast) -> None:
    nadia = browser.as_staff(cast.nadia)
    key = str(uuid4())
    assertContains(nadia.get(PAGE), 'name="entry_key"')
    sent = ASKED | {"entry_key": key}
    first = nadia.post(PAGE, sent)
    assertRedirects(first, f"{PAGE}{the_export(cast).number}/")
    assert nadia.post(PAGE, sent)["Location"] == first["Location"]
    other = nadia.post(PAGE, sent | {"because": "Autre chose"})
    assertContains(other, "avec un autre contenu")
    assertNotContains(other, key)


@pytest.mark.parametrize("decision", ["approbation", "refus"])
def test_the_address_of_a_decision_opened_again_shows_the_export(
    browser: SignedIn, cast: Cast, decision: str
) -> None:
    browser.as_staff(cast.nadia).post(PAGE, ASKED)
    page = f"{PAGE}{the_export(cast).number}/"
    assertRedirects(browser.as_staff(cast.claire).get(f"{page}{decision}/"), page)
    assert browser.as_staff(cast.remi).get(f"{page}{decision}/").status_code == 404


def test_after_its_day_the_page_says_so_before_the_sweep(
    browser: SignedIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.as_staff(cast.nadia).post(PAGE, ASKED)
    page = f"{PAGE}{the_export(cast).number}/"
    browser.as_staff(cast.claire).post(f"{page}approbation/", {"words": ""})
    make_export(organisation_id=cast.paris.pk, export_id=the_export(cast).pk)
    late = the_export(cast).expires_at
    monkeypatch.setattr(clock, "now", lambda: late)
    nadia = browser.as_staff(cast.nadia)
    assertContains(nadia.get(page), "Ce fichier est effacé")
    assertContains(nadia.get(f"{page}fichier/"), "Demandez-le de nouveau")


def test_pages_ask_the_same_of_the_database_for_one_export_and_twenty(
    browser: SignedIn, cast: Cast, django_assert_num_queries
) -> None:
    nadia = browser.as_staff(cast.nadia)
    nadia.post(PAGE, ASKED)
    with django_assert_num_queries(6):
        nadia.get(PAGE)
    for year in range(2017, 2026):
        nadia.post(PAGE, ASKED | {"year": str(year)})
        nadia.post(PAGE, ASKED | {"year": str(year), "made_as": "xlsx"})
    with django_assert_num_queries(6):
        nadia.get(PAGE)
