"""What a person sends from the follow-up space: kept once, refused kindly."""

import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from mediane.casework import actions as casework
from mediane.casework.models import Case, DocumentRequest, LitigationEnd, Message, RequestedDocument
from mediane.casework.states import State
from mediane.documents.models import Document
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_studied_case


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def picture(name: str = "avis.jpg") -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/jpeg")


def asked(cast: Cast, at: datetime, *labels: str) -> tuple[Case, list[RequestedDocument]]:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        due = at.date() + timedelta(days=14)
        request = casework.ask_documents(case=case, labels=labels, due_on=due, by=cast.claire, at=at)
        return case, list(request.items.order_by("pk"))


def page(case: Case, rest: str = "") -> str:
    return f"/espace/{case.reference}/{rest}"


def as_she_sees(cast: Cast):
    return rowsecurity.working_for(rowsecurity.person(cast.samira.pk))


def test_the_last_document_sent_completes_the_request(cast: Cast, browser: SignedIn, at: datetime) -> None:
    case, (first, last) = asked(cast, at, "Bail", "Avis d’imposition")
    browser.as_person(cast.samira)
    assert f'href="{page(case, "pieces/1/")}"' in browser.get(page(case)).content.decode()
    for place, item in enumerate((first, last), 1):
        assert item.label in browser.get(page(case, f"pieces/{place}/")).content.decode()
        response = browser.post(page(case, f"pieces/{place}/"), {"file": picture()})
        assert response.status_code == 302
    with as_she_sees(cast):
        assert DocumentRequest.objects.get(case=case).closed_at is not None
        assert Case.objects.get(pk=case.pk).has_news
    assert "Il manque" not in browser.get(page(case)).content.decode()


def test_the_list_says_that_a_document_is_awaited(cast: Cast, browser: SignedIn, at: datetime) -> None:
    asked(cast, at, "Bail")
    seen = browser.as_person(cast.samira).get("/espace/").content.decode()
    assert "Document avant le lundi 23\u00a0novembre" in seen


def test_sending_twice_gives_the_first_result_again(cast: Cast, browser: SignedIn, at: datetime) -> None:
    case, _ = asked(cast, at, "Bail")
    browser.as_person(cast.samira)
    for _ in range(2):
        assert browser.post(page(case, "pieces/1/"), {"file": picture()}).status_code == 302
    with as_she_sees(cast):
        assert Document.objects.filter(key_id=case.key_id).count() == 1


def test_a_file_that_does_not_do_is_refused_with_what_to_do(
    cast: Cast, browser: SignedIn, at: datetime
) -> None:
    case, _ = asked(cast, at, "Bail")
    wrong = SimpleUploadedFile("bail.docx", b"PK\x03\x04 [Content_Types].xml")
    seen = browser.as_person(cast.samira).post(page(case, "pieces/1/"), {"file": wrong})
    assert seen.status_code == 200
    # Beside the field and in the summary.
    assert seen.content.decode().count("Exportez-le en PDF") == 2
    with as_she_sees(cast):
        assert not Document.objects.filter(key_id=case.key_id).exists()
        assert RequestedDocument.objects.get(request__case=case).answered_at is None


def test_nothing_chosen_is_said_in_words(cast: Cast, browser: SignedIn, at: datetime) -> None:
    case, _ = asked(cast, at, "Bail")
    seen = browser.as_person(cast.samira).post(page(case, "pieces/1/")).content.decode()
    assert seen.count("Choisissez le document à envoyer") == 2
    assert "Erreur" in seen


def test_a_message_does_not_keep_a_social_security_number(
    cast: Cast, browser: SignedIn, at: datetime
) -> None:
    case = a_case(cast.samira, at)
    words = "Mon numéro est le 2 84 05 75 120 045 37."
    seen = browser.as_person(cast.samira).post(page(case, "message/"), {"body": words}).content.decode()
    assert seen.count("Retirez le numéro de sécurité sociale") == 2
    assert words in seen
    with as_she_sees(cast):
        assert not Message.objects.exists()


def test_a_document_one_does_not_have_is_excused(cast: Cast, browser: SignedIn, at: datetime) -> None:
    case, _ = asked(cast, at, "Bail")
    browser.as_person(cast.samira)
    url = page(case, "pieces/1/absente/")
    assert browser.post(url, {"excuse": " "}).content.decode().count("Dites en une phrase") == 2
    assert browser.post(url, {"excuse": "Le propriétaire ne me l’a pas donné."}).status_code == 302
    with as_she_sees(cast):
        assert (
            RequestedDocument.objects.get(request__case=case).excuse == "Le propriétaire ne me l’a pas donné."
        )


@pytest.mark.parametrize("place", [0, 2, 10**12])
def test_a_place_of_the_list_where_nothing_is_asked(
    cast: Cast, browser: SignedIn, at: datetime, place: int
) -> None:
    case, _ = asked(cast, at, "Bail")
    assert browser.as_person(cast.samira).get(page(case, f"pieces/{place}/")).status_code == 404


def test_another_case_s_document_cannot_be_answered(cast: Cast, browser: SignedIn, at: datetime) -> None:
    asked(cast, at, "Bail")
    mine = a_case(cast.lucette, at)
    browser.as_person(cast.lucette)
    assert browser.post(page(mine, "pieces/1/"), {"file": picture()}).status_code == 404


def test_a_message_with_files_is_kept_once(cast: Cast, browser: SignedIn, at: datetime) -> None:
    case = a_case(cast.samira, at)
    browser.as_person(cast.samira)
    for _ in range(2):
        sent = {"body": "Voici mes bulletins.", "joined": [picture("mars.jpg"), picture("avril.jpg")]}
        assert browser.post(page(case, "message/"), sent).status_code == 302
    with as_she_sees(cast):
        assert Message.objects.filter(case=case).count() == 1
        assert Document.objects.filter(key_id=case.key_id).count() == 2
    seen = browser.get(page(case)).content.decode()
    assert "2\u00a0documents joints" in seen
    assert "Voici mes bulletins." in seen


def test_a_wrong_file_loses_no_word_of_the_message(cast: Cast, browser: SignedIn, at: datetime) -> None:
    case = a_case(cast.samira, at)
    sent = {"body": "Voici mes bulletins.", "joined": [picture(), SimpleUploadedFile("x.jpg", b"rien")]}
    seen = browser.as_person(cast.samira).post(page(case, "message/"), sent).content.decode()
    assert "Voici mes bulletins." in seen
    assert seen.count("ce n’est ni un PDF ni une photo") == 2
    with as_she_sees(cast):
        assert not Message.objects.filter(case=case).exists()
        assert not Document.objects.filter(key_id=case.key_id).exists()


def test_withdrawing_asks_first_and_happens_once(cast: Cast, browser: SignedIn, at: datetime) -> None:
    case = a_case(cast.samira, at)
    browser.as_person(cast.samira)
    assert "Retirer votre demande" in browser.get(page(case, "retirer/")).content.decode()
    for _ in range(2):
        assert browser.post(page(case, "retirer/")).status_code == 302
    with as_she_sees(cast):
        assert Case.objects.get(pk=case.pk).state == State.WITHDRAWN
    assert "Votre demande est retirée" in browser.get(page(case)).content.decode()


def test_going_to_court_ends_the_mediation(cast: Cast, browser: SignedIn, at: datetime) -> None:
    case = a_case(cast.samira, at)
    browser.as_person(cast.samira)
    day = {"seized_on_day": "3", "seized_on_month": "11", "seized_on_year": "2025"}
    wrong = browser.post(page(case, "tribunal/"), day | {"evidence": ""}).content.decode()
    assert wrong.count("Indiquez le nom du tribunal") == 2
    assert 'value="2025"' in wrong
    assert (
        browser.post(page(case, "tribunal/"), day | {"evidence": "Pôle social de Paris"}).status_code == 302
    )
    with as_she_sees(cast):
        assert LitigationEnd.objects.get(case=case).evidence == "Pôle social de Paris"
    assert "un tribunal est saisi" in browser.get(page(case)).content.decode()


def test_one_s_own_document_is_downloaded_and_nobody_else_s(
    cast: Cast, browser: SignedIn, at: datetime
) -> None:
    case = a_case(cast.samira, at)
    browser.as_person(cast.samira).post(page(case, "message/"), {"body": "Voici.", "joined": [picture()]})
    with as_she_sees(cast):
        document = Document.objects.get(key_id=case.key_id)
    mine = browser.get(page(case, f"documents/{document.public_id}/"))
    assert mine["Content-Disposition"].startswith("attachment")
    assert mine.content[:2] == b"\xff\xd8"
    theirs = a_case(cast.lucette, at)
    browser.as_person(cast.lucette)
    assert browser.get(page(theirs, f"documents/{document.public_id}/")).status_code == 404
