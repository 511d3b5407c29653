"""Letters as the person reads them."""

from datetime import datetime
from pathlib import Path

import pytest

from mediane.casework.models import Case
from mediane.correspondence.actions import LetterText, Ruling, decide_admissible, make_pdf
from mediane.correspondence.models import Kind, Letter
from mediane.correspondence.queries import template_of
from mediane.journal.models import Entry
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_studied_case


@pytest.fixture
def letter(cast: Cast, at: datetime, settings, tmp_path: Path) -> Letter:
    settings.DATA = tmp_path
    case = a_studied_case(cast.samira, cast.claire, at)
    template = template_of(Kind.ADMISSIBLE, at.date())
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case = Case.objects.select_related("beneficiary", "referral", "assignee", "key", "organisation").get(
            pk=case.pk
        )
        text = LetterText(template=template, body=template.body)
        return decide_admissible(case=case, ruling=Ruling(), letter=text, by=cast.claire, at=at)


def page(letter: Letter, rest: str = "") -> str:
    return f"/espace/{letter.case.reference}/lettres/{letter.public_id}/{rest}"


def test_the_space_shows_the_letter_and_the_time_line_leads_to_it(
    cast: Cast, browser: SignedIn, letter: Letter
) -> None:
    seen = browser.as_person(cast.samira).get(f"/espace/{letter.case.reference}/").content.decode()
    assert seen.count(page(letter)) == 2
    assert "à lire" in seen
    assert "étudie votre dossier avec la Caf" in seen


def test_the_list_says_that_a_letter_is_to_be_read_until_it_is(
    cast: Cast, browser: SignedIn, letter: Letter
) -> None:
    assert "Lettre à lire" in browser.as_person(cast.samira).get("/espace/").content.decode()
    browser.get(page(letter))
    assert "Lettre à lire" not in browser.get("/espace/").content.decode()


def test_opening_a_letter_notes_it_once_and_journals_each_reading(
    cast: Cast, browser: SignedIn, letter: Letter
) -> None:
    browser.as_person(cast.samira)
    for _ in range(2):
        seen = browser.get(page(letter)).content.decode()
    assert "Votre demande est recevable" in seen
    assert "Claire Vasseur" in seen
    assert "Le PDF de cette lettre se prépare" in seen
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        first = Letter.objects.get(pk=letter.pk).read_at
        assert first is not None
        assert Entry.objects.filter(verb="open_letter", actor_kind="person").count() == 2
    browser.get(page(letter))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Letter.objects.get(pk=letter.pk).read_at == first


def test_the_pdf_is_downloaded_once_it_is_made(
    cast: Cast, browser: SignedIn, at: datetime, letter: Letter
) -> None:
    browser.as_person(cast.samira)
    assert browser.get(page(letter, "pdf/")).status_code == 302
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        make_pdf(letter=letter, at=at)
    pdf = browser.get(page(letter, "pdf/"))
    assert pdf.content.startswith(b"%PDF")
    assert letter.case.reference in pdf["Content-Disposition"]
    assert pdf["Cache-Control"] == "private, no-store"
    assert "Télécharger la lettre" in browser.get(page(letter)).content.decode()


@pytest.mark.parametrize("rest", ["", "pdf/"])
def test_nobody_else_reads_the_letter(
    cast: Cast, browser: SignedIn, at: datetime, letter: Letter, rest: str
) -> None:
    theirs = a_case(cast.lucette, at)
    browser.as_person(cast.lucette)
    assert browser.get(page(letter, rest)).status_code == 404
    assert browser.get(f"/espace/{theirs.reference}/lettres/{letter.public_id}/{rest}").status_code == 404


def test_everything_sent_and_received_is_on_one_page(cast: Cast, browser: SignedIn, letter: Letter) -> None:
    seen = browser.as_person(cast.samira).get(f"/espace/{letter.case.reference}/documents/").content.decode()
    assert "Demande recevable" in seen
    assert "Accusé d’enregistrement" in seen
