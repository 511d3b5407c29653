"""The table of an overpayment on the desk: typed, pasted, corrected, joined to the letter that leaves."""

import io
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader
from pytest_django.asserts import assertContains, assertNotContains

from mediane.casework.models import Case
from mediane.casework.states import Outcome
from mediane.correspondence import actions as correspondence
from mediane.correspondence import queries as letters
from mediane.correspondence.actions import Conclusion, Edit, NotReady, SavedMeanwhile
from mediane.correspondence.models import Kind, Letter
from mediane.debts.models import Explanation
from mediane.debts.queries import written_for
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.letters import LETTER
from tests.stories import a_studied_case

PAGE = "11111111-1111-4111-8111-111111111111"
OTHER_PAGE = "22222222-2222-4222-8222-222222222222"
TYPED = {
    "version": "0", "page": PAGE, "benefit": "APL",
    "month-1": "mars 2026", "due-1": "300", "paid-1": "500,50", "reason-1": "Salaire de février",
    "month-2": "04/2026", "due-2": "300", "paid-2": "250",
}  # fmt: skip
PASTED = "Mois\tDû\tVersé\tÉcart\tMotif\nmars 2026\t300\t500,50\t200,50\tSalaire\n2026-04\t30O\t250\t-50\t\n"
TEXT = LETTER
DONE = Conclusion(Outcome.REVISED, "ASSESSMENT_ERROR", ("DELAY",))


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def where(case: Case, page: str = "trop-percu/") -> str:
    return f"/bureau/dossiers/{case.reference}/{page}"


def test_the_case_leads_to_the_table_and_to_the_deduction(browser: SignedIn, cast: Cast, case: Case) -> None:
    page = browser.as_staff(cast.nadia).get(where(case, ""))
    assertContains(page, where(case))
    assertContains(page, where(case, "retenue/"))


def test_a_table_is_typed_and_becomes_a_picture_and_a_paragraph(
    browser: SignedIn, cast: Cast, case: Case
) -> None:
    sent = browser.as_staff(cast.nadia).post(where(case), TYPED)
    assert sent.url == where(case)
    shown = browser.get(where(case))
    assertContains(shown, 'role="img" aria-label="Barres de mars à avril\u00a02026', count=2)
    assertContains(shown, "elle vous a versé trop\u00a0: 200,50\u00a0€")
    assertContains(shown, "elle ne vous a pas versé assez\u00a0: 50,00\u00a0€")
    assertContains(shown, "+200,50\u00a0€")
    assertContains(shown, 'name="month-5"')


def test_what_is_pasted_fills_the_cells_and_says_what_is_wrong_by_row_and_column(
    browser: SignedIn, cast: Cast, case: Case
) -> None:
    browser.as_staff(cast.nadia).post(where(case), {"version": "0", "page": PAGE, "pasted": PASTED})
    shown = browser.get(where(case))
    assertContains(shown, "1\u00a0point à corriger")
    assertContains(shown, '<a href="#due-2">Ligne\u00a02, dû\u00a0: écrivez la somme en euros')
    assertContains(shown, 'value="30O"')
    assertNotContains(shown, 'role="img" aria-label="Barres')


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"pasted": "bonjour"}, "Aucune ligne lue"),
        ({"pasted": "a\x00b"}, "Aucune ligne lue"),
        ({"pasted": "x" * 20_001}, "trop long"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04nothing")}, "ne s’ouvre pas"),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "Ce fichier est vide"),
        ({"benefit": "PICNIC"}, "Choisissez une prestation"),
        ({"reason-2": "2 90 05 75 123 456 89"}, "Retirez le numéro de sécurité sociale"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser: SignedIn, cast: Cast, case: Case, given: dict, sentence: str
) -> None:
    shown = browser.as_staff(cast.nadia).post(where(case), TYPED | given)
    assertContains(shown, sentence)
    assertContains(shown, "Salaire de février")
    with in_paris(cast):
        assert not Explanation.objects.exists()


def test_a_file_adds_its_rows_or_takes_the_place_of_those_written(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    browser.as_staff(cast.nadia).post(where(case), TYPED)
    sheet = b"mai 2026;300;300;fin\n"
    for differs, number in (({}, 3), ({"replaces": "on"}, 1)):
        file = SimpleUploadedFile("table.csv", sheet)
        browser.post(where(case), TYPED | {"file": file} | differs)
        with in_paris(cast):
            assert len(written_for(case, at.date()).typed.rows) == number


def test_two_people_at_once_lose_nothing(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.claire).post(where(case), TYPED)
    mine = TYPED | {"page": OTHER_PAGE, "reason-1": "Ma version"}
    late = browser.as_staff(cast.nadia).post(where(case), mine)
    assertContains(late, "Claire Vasseur a enregistré un autre tableau")
    assertContains(late, "Ma version")
    assertContains(late, "Salaire de février")
    assertContains(late, 'name="version" value="1"')
    browser.post(where(case), mine | {"version": "1"})
    assertContains(browser.get(where(case)), "Ma version")


def test_the_page_saves_by_itself_and_says_what_is_left(browser: SignedIn, cast: Cast, case: Case) -> None:
    save = where(case, "trop-percu/enregistrer/")
    browser.as_staff(cast.nadia)
    assertContains(browser.post(save, TYPED | {"due-2": "trois"}), "1\u00a0point à corriger")
    assertContains(browser.post(save, TYPED), "Enregistré à")
    late = browser.as_staff(cast.claire).post(save, TYPED | {"page": OTHER_PAGE, "due-2": "1"})
    assertContains(late, "Vos lignes restent sur cette page")


def test_a_table_of_another_caf_is_not_found(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.remi)
    for page in ("trop-percu/", "reponse/trop-percu/", "retenue/", "retenue/1/"):
        assert browser.get(where(case, page)).status_code == 404


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_costs_the_same_whatever_its_length(
    browser: SignedIn, cast: Cast, case: Case, number: int, django_assert_max_num_queries
) -> None:
    rows = {
        f"{cell}-{rank}": value
        for rank in range(number)
        for cell, value in (("month", f"{rank % 12 + 1}/{2024 + rank // 12}"), ("due", "1"), ("paid", "2"))
    }
    browser.as_staff(cast.nadia).post(where(case), {"version": "0", "page": PAGE} | rows)
    browser.get(where(case))
    with django_assert_max_num_queries(9):
        browser.get(where(case))


@pytest.fixture
def draft(cast: Cast, case: Case, at: datetime) -> Letter:
    with in_paris(cast):
        template = letters.templates_of(Kind.REPLY, at.date())[0]
        letter = correspondence.begin_reply(case=case, template=template, by=cast.claire, at=at)
        correspondence.save_reply(letter=letter, edit=Edit("La Caf révise", TEXT, 1), by=cast.claire, at=at)
    return letter


def joined(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.nadia).post(where(case), TYPED)
    sent = browser.post(where(case, "reponse/trop-percu/"), {"version": "2", "is_joined": "on"})
    assert sent.url == where(case, "reponse/")


def test_the_text_typed_is_saved_before_the_explanation_is_joined(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter
) -> None:
    assertContains(browser.as_staff(cast.nadia).get(where(case, "reponse/")), 'name="annex"')
    sent = browser.post(
        where(case, "reponse/"), {"version": "2", "title": "T", "body": "Mon texte", "annex": "1"}
    )
    assert sent.url == where(case, "reponse/trop-percu/")
    with in_paris(cast):
        assert Letter.objects.get().body == "Mon texte"
    assertContains(browser.get(sent.url), "Le tableau n’est pas encore rempli")


def test_a_signed_letter_keeps_its_explanation_whatever_becomes_of_the_table(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter, at: datetime
) -> None:
    joined(browser, cast, case)
    assertContains(browser.get(where(case, "reponse/")), "Jointe à cette lettre")
    with in_paris(cast):
        letter = letters.draft_reply_of(case)
        correspondence.sign_and_send(letter=letter, conclusion=DONE, seen_version=3, by=cast.claire, at=at)
        correspondence.make_pdf(letter=letter, at=at)
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(letters.pdf_of(letter))).pages]
        Explanation.objects.update(sealed=b"changed")
    assert "Explication du trop-perçu, APL" in pages[-1]
    assert "Salaire de février" in pages[-1].replace("\n", " ")
    address = f"lettres/{letter.public_id}/"
    assertContains(
        browser.get(where(case, f"courriers/{letter.public_id}/")), "Explication du trop-perçu, APL"
    )
    hers = browser.as_person(cast.samira).get(f"/espace/{case.reference}/{address}")
    assertContains(hers, "elle vous a versé trop\u00a0: 200,50\u00a0€")
    assertContains(hers, 'role="img" aria-label="Barres')


def test_a_table_that_changed_stops_the_signature_until_it_is_joined_again(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter, at: datetime
) -> None:
    joined(browser, cast, case)
    browser.post(where(case), TYPED | {"version": "1", "paid-1": "510"})
    page = where(case, "reponse/trop-percu/")
    assertContains(browser.get(page), "Le tableau a changé depuis qu’il est joint")
    with in_paris(cast), pytest.raises(NotReady, match="a changé depuis"):
        letter = letters.draft_reply_of(case)
        correspondence.sign_and_send(letter=letter, conclusion=DONE, seen_version=3, by=cast.claire, at=at)
    browser.post(page, {"version": "3"})
    with in_paris(cast):
        letter = letters.draft_reply_of(case)
        assert letter.annex is None
        correspondence.sign_and_send(letter=letter, conclusion=DONE, seen_version=4, by=cast.claire, at=at)


def test_whoever_joins_a_table_to_an_older_draft_is_told(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter, at: datetime
) -> None:
    browser.as_staff(cast.nadia).post(where(case), TYPED)
    late = browser.post(where(case, "reponse/trop-percu/"), {"version": "1", "is_joined": "on"})
    assertContains(late, "Claire Vasseur a enregistré une autre version")
    with in_paris(cast), pytest.raises(SavedMeanwhile):
        said = written_for(case, at.date()).explained
        correspondence.join_explanation(letter=draft, joined=said, seen_version=1, by=cast.nadia, at=at)
    unready = browser.post(where(case), TYPED | {"version": "1", "due-1": "x"})
    assert unready.status_code == 302
    refused = browser.post(where(case, "reponse/trop-percu/"), {"version": "2", "is_joined": "on"})
    assert refused.status_code == 200
