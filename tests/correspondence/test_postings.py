"""What is printed: to the person, her own; to whoever wrote about her, that their letter arrived."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta

import pikepdf
import pytest
from pypdf import PdfReader

from mediane.casework import actions
from mediane.casework.actions import Sender
from mediane.casework.models import Posting
from mediane.casework.states import Paper, WhyTransferred
from mediane.correspondence.queries import posting_pdf, posting_sheet
from mediane.kit import rowsecurity
from tests.casework.actions.test_appointments import DAY, planned
from tests.casework.actions.test_postings import BY_POST
from tests.casework.actions.test_register import a_letter
from tests.cast import Cast
from tests.stories import PLAIN, a_studied_case
from tests.transfers.moving import departure

MAYOR = Sender(name="Mairie du 19e", address="5 place Haute\n75019 Paris", received_on=date(2026, 11, 6))


@pytest.fixture
def in_paris(cast: Cast):
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield


def printed(posting: Posting) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(posting_pdf(posting))).pages)
    return " ".join(text.replace("\u00a0", " ").split())


def test_whoever_has_no_mandate_learns_nothing_but_that_their_letter_arrived(
    cast: Cast, at: datetime, in_paris: None
) -> None:
    case = actions.register(entry=a_letter(), of=cast.lucette, by=cast.nadia, at=at)
    actions.take_up(case=case, by=cast.nadia, at=at)
    posting = actions.acknowledge_sender(case=case, sender=MAYOR, by=cast.nadia, at=at)
    # Read again, as the page that prints it does.
    said = printed(Posting.objects.select_related("case__organisation").get(pk=posting.pk))
    assert "bien reçu, le 6 novembre 2026" in said
    assert "Mairie du 19e" in said
    assert "5 place Haute" in said
    person = cast.lucette
    secret = [
        *(case.reference, person.number, person.first_name, person.last_name, "4 rue Haute", "Lilas"),
        *("Nadia Pruvost", "APL", "1 842,60", "187", PLAIN["asked"], "2 novembre", "2 octobre"),
        *("espace de suivi", "réponse", "recevab", "étudi"),
    ]
    assert [one for one in secret if one in said] == []


def test_the_name_and_number_are_not_in_the_file_either(cast: Cast, at: datetime, in_paris: None) -> None:
    case = actions.register(entry=a_letter(), of=cast.lucette, by=cast.nadia, at=at)
    posting = actions.acknowledge_sender(case=case, sender=MAYOR, by=cast.nadia, at=at)
    with pikepdf.open(io.BytesIO(posting_pdf(posting))) as file:
        told = f"{dict(file.docinfo)} {file.open_metadata()}"
    assert not any(word in told for word in (case.reference, "Morvan", cast.lucette.number))


def test_the_merge_is_told_on_paper_with_both_references_and_no_false_promise(
    cast: Cast, at: datetime, in_paris: None
) -> None:
    kept = a_studied_case(cast.samira, cast.claire, at)
    twin = a_studied_case(cast.samira, cast.claire, at + timedelta(days=3), notice_by_email=False)
    pair = {"case": twin, "other": kept, "by": cast.nadia, "at": at + timedelta(days=4)}
    actions.merge_cases(seen_rank=0, **pair)
    posting = Posting.objects.get(kind=Paper.MERGED)
    sheet = posting_sheet(posting)
    said = printed(posting)
    assert sheet.address == ("Madame Samira Belkacem", "18 rue des Envierges", "75020 Paris")
    assert (sheet.reference, sheet.signature_name) == (twin.reference, "Nadia Pruvost")
    assert kept.reference in said
    assert twin.reference in said
    assert "une seule réponse" in said
    assert "espace de suivi" not in said

    actions.post(posting=posting, by=cast.nadia, at=at)
    actions.set_apart(seen_rank=1, **pair)
    apart = Posting.objects.get(kind=Paper.SEPARATED)
    assert "à part" in printed(apart)
    # Printed again, the first still says what it said.
    assert kept.reference in printed(posting)


@pytest.mark.parametrize(
    ("reason", "said_why"),
    [
        (WhyTransferred.MOVED, "Vous dépendez de la Caf de Tarn-et-Garonne depuis le 2 novembre 2026"),
        (WhyTransferred.WRONG_CAF, "la Caf de Tarn-et-Garonne qui doit y répondre"),
    ],
)
def test_the_letter_of_a_transfer_says_who_answers_now_and_how_to_reach_them(
    cast: Cast, at: datetime, in_paris: None, reason: WhyTransferred, said_why: str
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at, notice_by_email=False)
    actions.transfer(case=case, departure=departure(cast, reason=reason), by=cast.nadia, at=at)
    posting = Posting.objects.get(kind=Paper.TRANSFERRED)
    there = posting.case.file_transfer.to
    there.postal_address, there.phone = "12 allée Basse\n82000 Montauban", "05 99 00 82 82"
    said = printed(posting)
    assert said_why in said
    assert case.reference in said
    assert "12 allée Basse, 82000 Montauban, 05 99 00 82 82" in said
    assert ("Vous dépendez" in said) == (reason == WhyTransferred.MOVED)
    # Its number there, and the space for whoever has none, are not ours to promise.
    assert not any(word in said for word in ("espace de suivi", "8123456"))


def test_the_receipt_is_the_same_as_from_any_other_page(cast: Cast, at: datetime, in_paris: None) -> None:
    entry = replace(a_letter(), receipt_on_paper=True)
    case = actions.register(entry=entry, of=cast.lucette, by=cast.nadia, at=at)
    said = printed(Posting.objects.get())
    assert case.reference in said
    assert "4 rue Haute" in said


def test_of_appointments_cancelled_by_a_closing_it_says_which(
    cast: Cast, at: datetime, in_paris: None
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at, **BY_POST)
    planned(case, cast, at), planned(case, cast, at, 2 * DAY)
    actions.withdraw(case=case, by=cast.claire, at=at)
    posting = Posting.objects.select_related("case__organisation", "case__beneficiary").get()
    said = printed(posting)
    assert "Vos rendez-vous sont annulés" in said
    assert "mardi 10 novembre 2026" in said
    assert "mercredi 11 novembre 2026" in said
    assert case.reference in said
    assert "4 rue Haute" in said
