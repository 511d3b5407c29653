import io
from datetime import datetime

import pytest
from PIL import Image
from pytest_django.asserts import assertContains, assertNotContains

from mediane.casework.models import Case
from mediane.documents.actions import deposit, note_reading
from mediane.documents.models import Document, State
from mediane.documents.rules.reading import Read
from mediane.documents.states import WITH_TEXT, Outcome
from mediane.journal.queries import entries_about
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case


def deposited(case: Case, cast: Cast, at: datetime) -> Document:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(drawn, "PNG")
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        return deposit(
            name="Bail.png", data=drawn.getvalue(), position=1, key=case.key, by=cast.samira.as_actor(), at=at
        )


def address(case: Case, document: Document) -> str:
    return f"/bureau/dossiers/{case.reference}/documents/{document.public_id}/"


def test_the_service_opens_a_document_and_it_is_journaled(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_case(cast.samira, at)
    document = deposited(case, cast, at)
    answer = browser.as_staff(cast.nadia).get(address(case, document))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "no-store"
    assert len(answer.content) == document.size
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        verbs = [entry.verb for entry in entries_about("case", case.reference)]
    assert "read_document" in verbs


def test_a_document_is_reached_through_its_own_case_only(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case, other = a_case(cast.samira, at), a_case(cast.lucette, at)
    document = deposited(case, cast, at)
    assert browser.as_staff(cast.claire).get(address(other, document)).status_code == 404
    assert browser.as_staff(cast.remi).get(address(case, document)).status_code == 404


def test_a_document_in_quarantine_stays_closed(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    document = deposited(case, cast, at)
    with rowsecurity.working_for(rowsecurity.upkeep(cast.paris.pk)):
        assert Document.objects.filter(pk=document.pk).update(state=State.QUARANTINED) == 1
    assert browser.as_staff(cast.claire).get(address(case, document)).status_code == 404


def read_as(document: Document, at: datetime, *, outcome: Outcome, text: str = "") -> None:
    read = Read(outcome, text, is_recognised=True)
    with rowsecurity.working_for(rowsecurity.staff(document.organisation_id)):
        note_reading(document=document, read=read, at=at)


def test_the_text_read_in_a_document_is_shown_with_its_caution_and_journaled(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_case(cast.samira, at)
    document = deposited(case, cast, at)
    read_as(document, at, outcome=Outcome.READ, text="Une <girafe>\n\net la suite")
    browser.as_staff(cast.nadia)
    assertContains(browser.get(f"/bureau/dossiers/{case.reference}/"), address(case, document) + "texte/")
    page = browser.get(address(case, document) + "texte/")
    assertContains(page, "Une &lt;girafe&gt;")
    assertContains(page, "il peut contenir des erreurs")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        verbs = [entry.verb for entry in entries_about("case", case.reference)]
    assert "read_document" in verbs
    assert browser.as_staff(cast.remi).get(address(case, document) + "texte/").status_code == 404


@pytest.mark.parametrize("outcome", [one for one in Outcome if one not in WITH_TEXT])
def test_a_document_that_was_not_read_says_why(
    browser: SignedIn, cast: Cast, at: datetime, outcome: Outcome
) -> None:
    case = a_case(cast.samira, at)
    document = deposited(case, cast, at)
    read_as(document, at, outcome=outcome)
    browser.as_staff(cast.nadia)
    assertContains(browser.get(f"/bureau/dossiers/{case.reference}/"), outcome.label)
    assert browser.get(address(case, document) + "texte/").status_code == 404


def test_before_it_is_read_a_document_says_nothing_of_its_text(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_case(cast.samira, at)
    document = deposited(case, cast, at)
    page = browser.as_staff(cast.nadia).get(f"/bureau/dossiers/{case.reference}/")
    assertNotContains(page, "Non lu")
    assertNotContains(page, "Texte reconnu")
    assert browser.get(address(case, document) + "texte/").status_code == 404
