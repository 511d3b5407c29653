"""The page of a service: its questions, a draft that is never lost, one answer."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.consultations import actions
from mediane.consultations.models import Consultation
from mediane.consultations.queries.desk import opened_consultation
from mediane.consultations.states import State
from mediane.documents.actions import deposit
from mediane.journal.models import Entry
from mediane.kit import clock, rowsecurity
from mediane.organisations.models import Membership
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.consultations.stories import ANSWER, QUESTION, a_consultation, known, photo
from tests.stories import a_studied_case

LIST = "/services/"


@pytest.fixture
def one(cast: Cast, at: datetime) -> Consultation:
    return a_consultation(cast.samira, cast.claire, at)


def page_of(one: Consultation, rest: str = "") -> str:
    return f"{LIST}{one.public_id}/{rest}"


def words_of(browser: SignedIn, address: str) -> str:
    return browser.get(address).content.decode()


def typed(text: str, **more: object) -> dict[str, object]:
    return {"text": text, "version": 0, "page": str(uuid4())} | more


def test_a_service_reads_its_questions_and_no_other(browser: SignedIn, cast: Cast, one: Consultation) -> None:
    browser.as_staff(cast.malik)
    assert QUESTION[:40] in words_of(browser, LIST)
    shown = words_of(browser, page_of(one))
    assert QUESTION in shown
    for secret in ("Belkacem", "4817263", known(one).case.reference):
        assert secret not in shown
    browser.as_staff(cast.yann)
    assert "Aucune question n’attend votre service" in words_of(browser, LIST)
    assert browser.get(page_of(one)).status_code == 404
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Entry.objects.filter(verb="read_question", actor_name="Malik Ferhat").count() == 1


def test_the_name_is_read_only_when_it_was_said(browser: SignedIn, cast: Cast, at: datetime) -> None:
    named = a_consultation(cast.samira, cast.claire, at, is_named=True)
    assert "Samira Belkacem, n°\u00a04817263" in words_of(browser.as_staff(cast.malik), page_of(named))


def test_a_shared_document_is_read_until_the_question_is_called_off(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    desk = rowsecurity.staff(cast.paris.pk)
    with rowsecurity.working_for(desk):
        case = Case.objects.select_related("key", "beneficiary", "referral").get(pk=case.pk)
        told = {"data": photo(), "key": case.key, "by": cast.claire, "at": at}
        shared = deposit(name="bail.png", position=1, **told)
        deposit(name="autre.png", position=2, **told)
    one = a_consultation(cast.samira, cast.claire, at, case=case, shared=[shared.public_id])
    browser.as_staff(cast.malik)
    shown = words_of(browser, page_of(one))
    assert "bail.png" in shown
    assert "autre.png" not in shown
    file = page_of(one, f"fichiers/{shared.public_id}/")
    assert browser.get(file).status_code == 200
    with rowsecurity.working_for(desk):
        actions.call_off(consultation=known(one), by=cast.claire, at=clock.now())
    assert browser.get(file).status_code == 404
    over = browser.post(page_of(one), typed("Je cherche", send="1"))
    assert over.status_code == 404
    assert "Je cherche" in over.content.decode()
    assert "Cette question n’est plus attendue" in over.content.decode()


def test_a_draft_saves_itself_then_is_sent_with_its_file(
    browser: SignedIn, cast: Cast, one: Consultation
) -> None:
    browser.as_staff(cast.malik)
    page = typed("Je cherche")
    assert "Brouillon enregistré" in browser.post(page_of(one, "brouillon/"), page).content.decode()
    assert "Je cherche" in words_of(browser, page_of(one))
    joined = SimpleUploadedFile("releve.png", photo(), "image/png")
    browser.post(page_of(one), page | {"keep": "1", "joined": joined})
    shown = words_of(browser, page_of(one))
    assert "releve.png" in shown
    # Sent empty, the text is asked for and the file stays.
    empty = browser.post(page_of(one), page | {"text": "", "send": "1"}).content.decode()
    assert "Écrivez votre réponse" in empty
    assert "releve.png" in empty
    for _ in range(2):
        assert browser.post(page_of(one), page | {"text": ANSWER, "send": "1"}).status_code == 302
    assert ANSWER in words_of(browser, page_of(one))
    row = known(one)
    assert row.state == State.ANSWERED
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        (file,) = opened_consultation(row, today=clock.today()).answered
    assert file.shown_name == "releve.png"
    assert ANSWER[:20] not in words_of(browser, LIST)
    assert QUESTION[:40] in words_of(browser, f"{LIST}?vue=repondues")


def test_a_file_is_taken_back_and_the_text_stays(browser: SignedIn, cast: Cast, one: Consultation) -> None:
    browser.as_staff(cast.malik)
    page = typed("Voici")
    browser.post(page_of(one), page | {"joined": SimpleUploadedFile("a.png", photo(), "image/png")})
    refused = SimpleUploadedFile("a.exe", b"MZ", "application/x-dosexec")
    bad = browser.post(page_of(one), page | {"text": "Voici plus", "send": "1", "joined": refused})
    assert "n’a pas été ajouté" in bad.content.decode()
    assert "Voici plus" in bad.content.decode()
    shown = words_of(browser, page_of(one))
    assert "Voici plus" in shown
    number = shown.split('name="remove" value="')[1].split('"')[0]
    browser.post(page_of(one), page | {"text": "Voici encore", "remove": number})
    shown = words_of(browser, page_of(one))
    assert "a.png" not in shown
    assert "Voici encore" in shown


def test_a_colleague_is_told_and_both_texts_are_there(
    browser: SignedIn, cast: Cast, one: Consultation
) -> None:
    browser.as_staff(cast.malik).post(page_of(one, "brouillon/"), typed("Texte de Malik"))
    odile = SignedIn().as_staff(cast.odile)
    hers = typed("Texte d’Odile")
    assert odile.post(page_of(one, "brouillon/"), hers).status_code == 409
    shown = odile.post(page_of(one), hers | {"send": "1"}).content.decode()
    assert "Malik Ferhat a enregistré un autre texte" in shown
    assert "Texte de Malik" in shown
    assert "Texte d’Odile" in shown
    assert known(one).state == State.AWAITED
    again = hers | {"version": 1, "send": "1"}
    assert odile.post(page_of(one), again).status_code == 302
    assert known(one).ended_by == "Odile Perrin"


def test_with_the_case_closed_nothing_of_it_is_read(
    browser: SignedIn, cast: Cast, one: Consultation, at: datetime
) -> None:
    browser.as_staff(cast.malik)
    browser.post(page_of(one, "brouillon/"), typed("Je cherche"))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.withdraw(case=known(one).case, by=cast.claire, at=at + timedelta(days=4))
    assert browser.get(page_of(one)).status_code == 404
    assert QUESTION[:40] not in words_of(browser, LIST)
    saved = browser.post(page_of(one, "brouillon/"), typed("Je cherche encore"))
    assert (saved.status_code, "plus attendue" in saved.content.decode()) == (409, True)


def test_a_service_that_left_reads_nothing(browser: SignedIn, cast: Cast, one: Consultation) -> None:
    browser.as_staff(cast.malik)
    with rowsecurity.working_for(rowsecurity.signin()):
        Membership.objects.filter(user=cast.malik.id).delete()
    assert "/connexion/" in browser.get(page_of(one))["Location"]


def test_the_list_costs_the_same_for_one_and_twenty(
    browser: SignedIn, cast: Cast, one: Consultation, at: datetime
) -> None:
    browser.as_staff(cast.malik)
    browser.get(LIST)
    with CaptureQueriesContext(connection) as few:
        browser.get(LIST)
    for _ in range(19):
        a_consultation(cast.samira, cast.claire, at, case=known(one).case)
    with CaptureQueriesContext(connection) as many:
        browser.get(LIST)
    assert len(many) == len(few)
