"""What goes with a letter, in the follow-up space."""

import io
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from mediane.casework.models import Case
from mediane.casework.states import Outcome
from mediane.correspondence import actions
from mediane.correspondence.actions import Conclusion, Edit
from mediane.correspondence.models import Letter
from mediane.correspondence.rules.enclosed import HERS_ALONE, Ticked
from mediane.documents.actions import deposit
from mediane.documents.models import Document, State
from mediane.documents.queries import content
from mediane.journal.models import Entry
from mediane.kit import rowsecurity
from mediane.referrals.rules import HIDDEN_ADDRESS
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.letters import LETTER, TITLE, a_reply
from tests.mandates.stories import acting, given
from tests.pieces import a_document, a_picture
from tests.stories import a_studied_case

DONE = Conclusion(Outcome.REVISED, "ASSESSMENT_ERROR", ("DELAY",))
SHELTER = {"address": "BP 12\n75010 Paris", "phone": "06 39 98 77 77", "caution": HIDDEN_ADDRESS}


def signed(cast: Cast, case: Case, at: datetime, *pieces: Document) -> Letter:
    later = at + timedelta(days=2)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        letter = a_reply(cast.claire, later, easy="Vous ne devez plus rien.")
        ticked = Ticked(tuple(one.public_id for one in pieces), ())
        edit = Edit(TITLE, LETTER, letter.version, ticked=ticked)
        actions.save_reply(letter=letter, edit=edit, by=cast.claire, at=later)
        actions.sign_and_send(
            letter=letter, conclusion=DONE, seen_version=letter.version, by=cast.claire, at=later
        )
        actions.make_pdf(letter=letter, at=later)
    return letter


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


def page(case: Case, letter: Letter, version: str = "") -> str:
    return f"/espace/{case.reference}/lettres/{letter.public_id}/{version}"


def text_of(pdf: bytes) -> str:
    return " ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages)


def test_she_opens_them_beside_the_letter_and_it_is_journaled(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    lease = a_document(case, cast.samira, at)
    letter = signed(cast, case, at, lease)
    browser.as_person(cast.samira)
    for version in ("", "facile-a-lire/"):
        assert page(case, letter, "pieces/1/") in browser.get(page(case, letter, version)).content.decode()
    opened = browser.get(page(case, letter, "pieces/1/"))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert opened.content == content(lease)
        entry = Entry.objects.get(verb="open_enclosure")
    assert (entry.subject, entry.actor_kind) == (str(letter.public_id), "person")
    assert opened["Cache-Control"] == "private, no-store"


def test_nobody_else_opens_them_and_there_is_no_second_one(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    letter = signed(cast, case, at, a_document(case, cast.samira, at))
    assert browser.as_person(cast.lucette).get(page(case, letter, "pieces/1/")).status_code == 404
    assert browser.as_person(cast.samira).get(page(case, letter, "pieces/2/")).status_code == 404


def test_none_of_a_draft_is_seen(browser: SignedIn, cast: Cast, case: Case, at: datetime) -> None:
    lease = a_document(case, cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        letter = a_reply(cast.claire, at)
        edit = Edit(TITLE, LETTER, letter.version, ticked=Ticked((lease.public_id,), ()))
        actions.save_reply(letter=letter, edit=edit, by=cast.claire, at=at)
    assert browser.as_person(cast.samira).get(page(case, letter, "pieces/1/")).status_code == 404


def test_a_file_refused_since_is_named_and_not_opened(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    lease = a_document(case, cast.samira, at)
    letter = signed(cast, case, at, lease)
    with rowsecurity.working_for(rowsecurity.upkeep(cast.paris.pk)):
        Document.objects.filter(pk=lease.pk).update(state=State.REFUSED)
    seen = browser.as_person(cast.samira).get(page(case, letter)).content.decode()
    assert "Bail.png" in seen
    assert "Ne peut plus être ouverte ici" in seen
    assert browser.get(page(case, letter, "pieces/1/")).status_code == 404


def test_who_acts_for_her_learns_nothing_of_what_she_keeps_from_them(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at, safe_contact=SHELTER)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        scanned = deposit(
            name="Bail du foyer.png", data=a_picture(9), position=1, key=case.key, by=cast.nadia, at=at
        )
    letter = signed(cast, case, at, scanned, a_document(case, cast.samira, at, "Avis.png"))
    browser = acting(given(cast.samira, at))
    seen = browser.get(page(case, letter)).content.decode()
    papers = [text_of(browser.get(page(case, letter, one)).content) for one in ("pdf/", "grands-caracteres/")]
    for text in (seen, *papers):
        assert "Avis.png" in text
        assert HERS_ALONE in " ".join(text.split())
        assert "foyer" not in text
    assert browser.get(page(case, letter, "pieces/1/")).status_code == 404
    assert browser.get(page(case, letter, "pieces/2/")).status_code == 200
    hers = SignedIn().as_person(cast.samira)
    assert "Bail du foyer.png" in text_of(hers.get(page(case, letter, "pdf/")).content)


@pytest.mark.parametrize("number", [1, 20])
def test_the_letter_costs_the_same_for_one_and_twenty(
    browser: SignedIn, cast: Cast, case: Case, at: datetime, number: int
) -> None:
    letter = signed(cast, case, at, *(a_document(case, cast.samira, at, f"{n}.png") for n in range(number)))
    browser.as_person(cast.samira).get(page(case, letter))
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(page(case, letter)).status_code == 200
    assert len(captured) == 16
