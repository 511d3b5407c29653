"""Whoever acts for a person may be whom she hides from: no page, no paper tells them where she is."""

import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from mediane.casework.actions import set_appointment
from mediane.casework.models import Case
from mediane.casework.rules.meetings import Meeting
from mediane.casework.states import Way
from mediane.correspondence.actions import LetterText, Ruling, decide_admissible, make_pdf
from mediane.correspondence.models import Kind, Letter
from mediane.correspondence.queries import template_of
from mediane.documents.actions import deposit
from mediane.journal.rules import Actor
from mediane.kit import clock, rowsecurity
from mediane.people.models import Beneficiary
from mediane.referrals.rules import HIDDEN_ADDRESS
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.mandates.stories import acting, given, protected
from tests.stories import a_case, a_studied_case
from tests.transfers.moving import an_admitted_case, packed, taken_in

SHELTER = {
    "address": "BP 12\n75010 Paris",
    "phone": "06 39 98 77 77",
    "email": "sure@exemple.fr",
    "caution": HIDDEN_ADDRESS,
}
SECRETS = ("BP 12", "75010", "06 39 98 77 77", "sure@exemple.fr", "Envierges")


@pytest.fixture
def letter(cast: Cast, at: datetime, settings, tmp_path: Path) -> Letter:
    settings.DATA = tmp_path
    case = a_studied_case(cast.samira, cast.claire, at, safe_contact=SHELTER)
    template = template_of(Kind.ADMISSIBLE, at.date())
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        known = Case.objects.select_related("beneficiary", "referral", "assignee", "key", "organisation")
        text = LetterText(template=template, body=template.body)
        signed = decide_admissible(
            case=known.get(pk=case.pk), ruling=Ruling(), letter=text, by=cast.claire, at=at
        )
        make_pdf(letter=signed, at=at)
        return signed


def text_of(answer) -> str:
    assert answer.status_code == 200, answer
    if answer["Content-Type"] != "application/pdf":
        return answer.content.decode()
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def pages(letter: Letter) -> tuple[str, ...]:
    case = f"/espace/{letter.case.reference}/"
    sent = f"{case}lettres/{letter.public_id}/"
    return ("/espace/", case, f"{case}documents/", sent, f"{sent}pdf/", *receipt(letter.case))


def receipt(case: Case) -> tuple[str, str]:
    return f"/saisir/accuse/{case.reference}/", f"/saisir/accuse/{case.reference}/pdf/"


def test_no_page_and_no_paper_tells_where_she_is(cast: Cast, at: datetime, letter: Letter) -> None:
    whole, one = given(cast.samira, at), given(cast.samira, at, case=letter.case)
    for mandate in (whole, one, protected(cast.samira, cast.claire, at)):
        browser = acting(mandate)
        for page in pages(letter):
            text = text_of(browser.get(page))
            assert not [secret for secret in SECRETS if secret in text], page
    papers = [text_of(browser.get(page)) for page in pages(letter) if page.endswith("pdf/")]
    assert all("Adresse non indiquée" in text and "Samira Belkacem" in text for text in papers)


def test_the_number_of_a_call_to_come_is_hers_to_know(cast: Cast, at: datetime) -> None:
    case, now = a_case(cast.samira, at, safe_contact=SHELTER), clock.now()
    meeting = Meeting(
        way=Way.PHONE,
        starts_at=now + timedelta(days=2),
        place=SHELTER["phone"],
        words="Ayez la lettre.",
    )
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        set_appointment(case=case, meeting=meeting, by=cast.nadia, at=now)
    page = f"/espace/{case.reference}/"
    assert SHELTER["phone"] in text_of(SignedIn().as_person(cast.samira).get(page))
    seen = text_of(acting(given(cast.samira, at)).get(page))
    assert "Ayez la lettre" in seen
    assert SHELTER["phone"] not in seen


def test_the_person_reads_her_papers_as_they_were_sent(browser: SignedIn, cast: Cast, letter: Letter) -> None:
    mine = browser.as_person(cast.samira)
    papers = [page for page in pages(letter) if "pdf" in page]
    assert len(papers) == 2, papers
    for page in papers:
        assert "BP 12" in text_of(mine.get(page))


def test_a_letter_of_another_caf_is_hers_alone(cast: Cast, at: datetime, settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    later = at + timedelta(days=5)
    there = taken_in(packed(an_admitted_case(cast, at), cast, later), cast, later)
    assert there is not None
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        newcomer = Beneficiary.objects.select_related("organisation").get(pk=there.beneficiary_id)
    documents = f"/espace/{there.reference}/documents/"
    hers = text_of(SignedIn().as_person(newcomer).get(documents))
    copy = f"/espace/{there.reference}/copies/" + hers.split("/copies/")[1].split('"')[0]
    assert SignedIn().as_person(newcomer).get(copy).status_code == 200
    theirs = acting(given(newcomer, at))
    assert "la personne seule peut l’ouvrir" in text_of(theirs.get(documents))
    assert theirs.get(copy).status_code == 404


def a_file_of(case: Case, name: str, by: Actor, at: datetime) -> str:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    with rowsecurity.working_for(rowsecurity.staff(case.organisation_id)):
        kept = deposit(name=name, data=drawn.getvalue(), position=1, key=case.key, by=by, at=at)
    return f"/espace/{case.reference}/documents/{kept.public_id}/"


@pytest.mark.parametrize("differs", [{"safe_contact": SHELTER}, {}])
def test_what_the_desk_scanned_of_whoever_hides_is_hers_alone(
    cast: Cast, at: datetime, settings, tmp_path: Path, differs: dict[str, dict[str, str]]
) -> None:
    settings.DATA = tmp_path
    case = a_studied_case(cast.samira, cast.claire, at, **differs)
    scanned = a_file_of(case, "lettre-scannee.png", cast.nadia, at)
    sent = a_file_of(case, "attestation.png", cast.samira.as_actor(), at)
    space = f"/espace/{case.reference}/"
    hers, theirs = SignedIn().as_person(cast.samira), acting(given(cast.samira, at))
    assert hers.get(scanned).status_code == hers.get(sent).status_code == 200
    for page in (space, f"{space}documents/"):
        assert scanned in text_of(hers.get(page))
        seen = text_of(theirs.get(page))
        assert sent in seen
        assert (scanned in seen) is not bool(differs)
    assert theirs.get(sent).status_code == 200
    assert theirs.get(scanned).status_code == (404 if differs else 200)
