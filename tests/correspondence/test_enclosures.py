"""Documents that go with a letter: chosen, read over, signed, frozen."""

import hashlib
import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from pypdf import PdfReader

from mediane.casework.models import Case, Posting
from mediane.casework.states import Outcome, Paper
from mediane.correspondence import actions
from mediane.correspondence.actions import (
    AlreadySigned,
    Conclusion,
    Edit,
    NotEnclosed,
    NotRead,
    NotReady,
    SavedMeanwhile,
)
from mediane.correspondence.models import Enclosure, Letter
from mediane.correspondence.paper import letter_pdf
from mediane.correspondence.queries import easy_sheet_of, large, pdf_of, posting_pdf, sheet_of
from mediane.correspondence.queries.enclosures import enclosures_of, file_of, may_be_enclosed, whole_pdf
from mediane.correspondence.rules.enclosed import Ticked
from mediane.documents.models import Document, State
from mediane.documents.queries import content
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.letters import LETTER, TITLE, a_reply
from tests.pieces import a_document
from tests.stories import a_case, a_studied_case

DONE = Conclusion(Outcome.REVISED, "ASSESSMENT_ERROR", ("DELAY",))


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


@pytest.fixture
def lease(case: Case, cast: Cast, at: datetime) -> Document:
    return a_document(case, cast.samira, at)


@pytest.fixture
def payslip(case: Case, cast: Cast, at: datetime) -> Document:
    return a_document(case, cast.samira, at + timedelta(hours=1), "Bulletin d’avril.png")


@pytest.fixture
def later(cast: Cast, lease: Document, payslip: Document, at: datetime):
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield at + timedelta(days=2)


@pytest.fixture
def draft(cast: Cast, later: datetime) -> Letter:
    return a_reply(cast.claire, later, easy="La Caf s’est trompée.")


def tick(letter: Letter, by: Actor, at: datetime, *mine: Document, seen: tuple[Document, ...] = ()) -> None:
    ticked = Ticked(tuple(one.public_id for one in mine), tuple(one.public_id for one in seen))
    edit = Edit(TITLE, LETTER, letter.version, ticked=ticked)
    actions.save_reply(letter=letter, edit=edit, by=by, at=at)


def sign(letter: Letter, by: Actor, at: datetime, seen: int | None = None) -> None:
    seen = letter.version if seen is None else seen
    actions.sign_and_send(letter=letter, conclusion=DONE, seen_version=seen, by=by, at=at)


def names(letter: Letter) -> list[str]:
    return [one.shown_name for one in enclosures_of(letter)]


def put(document: Document, state: State) -> None:
    with rowsecurity.working_for(rowsecurity.upkeep(document.organisation_id)):
        assert Document.objects.filter(pk=document.pk).update(state=state) == 1


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_documents_go_with_the_letter_in_the_order_they_were_joined(
    cast: Cast, draft: Letter, later: datetime, lease: Document, payslip: Document
) -> None:
    tick(draft, cast.claire, later, payslip)
    tick(draft, cast.claire, later, lease, payslip, seen=(payslip,))
    assert names(draft) == ["Bulletin d’avril.png", "Bail.png"]
    tick(draft, cast.claire, later, lease, seen=(payslip, lease))
    assert names(draft) == ["Bail.png"]


def test_two_who_join_both_keep_theirs(
    cast: Cast, draft: Letter, later: datetime, lease: Document, payslip: Document
) -> None:
    mine = Letter.objects.get(pk=draft.pk)
    tick(draft, cast.nadia, later, payslip)
    base, ticked = actions.Written(TITLE, LETTER), Ticked((lease.public_id,), ())
    edit = Edit(TITLE, LETTER, mine.version, base=base, ticked=ticked)
    actions.save_reply(letter=mine, edit=edit, by=cast.claire, at=later)
    assert names(draft) == ["Bulletin d’avril.png", "Bail.png"]


def test_a_page_that_shows_none_leaves_them(
    cast: Cast, draft: Letter, later: datetime, lease: Document
) -> None:
    tick(draft, cast.claire, later, lease)
    actions.save_reply(letter=draft, edit=Edit("Autre", LETTER, draft.version), by=cast.claire, at=later)
    assert names(draft) == ["Bail.png"]


def test_only_clean_files_of_this_case_are_offered_and_taken(
    cast: Cast, case: Case, draft: Letter, later: datetime, at: datetime, lease: Document, payslip: Document
) -> None:
    put(payslip, State.QUARANTINED)
    other = a_document(a_case(cast.lucette, at), cast.lucette, at, "De Lucette.png")
    assert may_be_enclosed(case) == [lease]
    for document in (payslip, other):
        with pytest.raises(NotEnclosed, match="relisez la liste"):
            tick(draft, cast.claire, later, lease, document)
    assert names(draft) == []


def test_the_database_refuses_a_file_of_somebody_else(
    cast: Cast, case: Case, draft: Letter, later: datetime, at: datetime
) -> None:
    other = a_document(a_case(cast.lucette, at), cast.lucette, at)
    with pytest.raises(IntegrityError, match="is not of the case of this letter"), transaction.atomic():
        Enclosure.objects.create(organisation=cast.paris, letter=draft, document=other, rank=1)


def test_whoever_does_not_work_on_the_case_joins_nothing(
    cast: Cast, draft: Letter, later: datetime, lease: Document
) -> None:
    with pytest.raises(PermissionDenied):
        tick(draft, cast.remi, later, lease)


def test_too_many_or_too_heavy_is_told_and_nothing_is_saved(
    cast: Cast, case: Case, draft: Letter, later: datetime, at: datetime, lease: Document
) -> None:
    many = [a_document(case, cast.samira, at, f"Page {n}.png") for n in range(20)]
    with pytest.raises(NotEnclosed, match="décochez-en 1"):
        tick(draft, cast.claire, later, lease, *many)
    assert names(draft) == []
    tick(draft, cast.claire, later, *many)
    assert len(names(draft)) == 20


def test_a_piece_added_after_the_reading_wants_another(
    cast: Cast, draft: Letter, later: datetime, lease: Document
) -> None:
    """No way round: read by a second person, then joined, it is not signed without another reading."""
    wanted = {"organisation": cast.paris, "is_wanted": True, "effective_from": later.date()}
    actions.choose_reading(**wanted, by=cast.claire, at=later)
    read(draft, cast.nadia, later)
    assert draft.unread_by == {}
    tick(draft, cast.claire, later, lease)
    with pytest.raises(NotRead, match="ce qu’a écrit Claire Vasseur"):
        sign(draft, cast.claire, later)
    read(draft, cast.nadia, later)
    tick(draft, cast.claire, later, lease, seen=(lease,))
    assert draft.unread_by == {}
    tick(draft, cast.claire, later, seen=(lease,))
    with pytest.raises(NotRead):
        sign(draft, cast.claire, later)


def read(letter: Letter, by: Actor, at: datetime) -> None:
    given: dict[str, Any] = {"seen_version": letter.version, "approves": True, "remarks": ""}
    actions.read_over(letter=letter, **given, by=by, at=at)


def test_what_was_not_seen_is_not_signed(cast: Cast, draft: Letter, later: datetime, lease: Document) -> None:
    seen = draft.version
    tick(draft, cast.nadia, later, lease)
    with pytest.raises(SavedMeanwhile, match="Relisez-la"):
        sign(draft, cast.claire, later, seen)


def test_a_file_no_longer_verified_stops_the_signature_by_its_name(
    cast: Cast, draft: Letter, later: datetime, lease: Document
) -> None:
    tick(draft, cast.claire, later, lease)
    put(lease, State.REFUSED)
    with pytest.raises(NotReady, match="«\u00a0Bail\\.png\u00a0» n’est plus parmi les documents vérifiés"):
        sign(draft, cast.claire, later)
    tick(draft, cast.claire, later, seen=(lease,))
    sign(draft, cast.claire, later)


def test_the_signature_freezes_each_name_and_fingerprint(
    cast: Cast, draft: Letter, later: datetime, lease: Document, payslip: Document
) -> None:
    tick(draft, cast.claire, later, lease, payslip)
    sign(draft, cast.claire, later)
    pieces = enclosures_of(draft)
    assert [one.sha256 for one in pieces] == [
        hashlib.sha256(content(one)).hexdigest() for one in (lease, payslip)
    ]
    assert [file_of(one) for one in pieces] == [content(lease), content(payslip)]
    with pytest.raises(AlreadySigned):
        tick(draft, cast.claire, later, payslip, seen=(lease, payslip))
    for statement in (
        "DELETE FROM correspondence_enclosure",
        "UPDATE correspondence_enclosure SET name = 'Autre.png'",
        "INSERT INTO correspondence_enclosure (organisation_id, letter_id, document_id, rank, name, sha256)"
        " SELECT organisation_id, letter_id, document_id, 9, '', '' FROM correspondence_enclosure",
    ):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            connection.cursor().execute(statement)


def test_every_version_of_the_letter_names_them(
    cast: Cast, draft: Letter, later: datetime, lease: Document, payslip: Document
) -> None:
    tick(draft, cast.claire, later, lease, payslip)
    said = "Pièces jointes\u00a0: 1. Bail.png 2. Bulletin d’avril.png".replace("\u00a0", " ")
    assert said in text_of(letter_pdf(sheet_of(draft, None)))
    sign(draft, cast.claire, later)
    actions.make_pdf(letter=draft, at=later)
    for made in (pdf_of(draft), letter_pdf(large(sheet_of(draft))), letter_pdf(easy_sheet_of(draft))):
        assert said in text_of(made)


def test_the_whole_to_print_has_the_pages_of_each(
    cast: Cast, draft: Letter, later: datetime, lease: Document, payslip: Document
) -> None:
    tick(draft, cast.claire, later, lease, payslip)
    sign(draft, cast.claire, later)
    actions.make_pdf(letter=draft, at=later)
    alone = len(PdfReader(io.BytesIO(pdf_of(draft))).pages)
    assert len(PdfReader(io.BytesIO(whole_pdf(draft))).pages) == alone + 2
    by_post = Posting(kind=Paper.LETTER, case=draft.case, letter=draft.public_id)
    assert len(PdfReader(io.BytesIO(posting_pdf(by_post))).pages) == alone + 2


def test_a_draft_thrown_away_takes_them_along_and_leaves_the_documents(
    cast: Cast, draft: Letter, later: datetime, lease: Document
) -> None:
    tick(draft, cast.claire, later, lease)
    actions.discard_reply(letter=draft, seen_version=draft.version, by=cast.claire, at=later)
    assert not Enclosure.objects.exists()
    assert Document.objects.filter(pk=lease.pk).exists()


def test_a_person_reads_those_of_her_signed_letters_alone(
    cast: Cast, draft: Letter, later: datetime, lease: Document
) -> None:
    def rows(context: rowsecurity.Context) -> int:
        with rowsecurity.working_for(context):
            return Enclosure.objects.count()

    tick(draft, cast.claire, later, lease)
    assert rows(rowsecurity.person(cast.samira.pk)) == 0
    sign(draft, cast.claire, later)
    assert rows(rowsecurity.person(cast.samira.pk)) == 1
    assert rows(rowsecurity.person(cast.lucette.pk)) == 0
    assert rows(rowsecurity.staff(cast.tarn.pk)) == 0
    assert rows(rowsecurity.national(cast.paris.pk)) == 0
