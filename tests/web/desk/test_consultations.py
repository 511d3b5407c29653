"""Questions to services, as the mediation asks, follows and reads them."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mediane.casework.models import Case
from mediane.consultations import actions
from mediane.consultations.models import Consultation
from mediane.consultations.queries.chasing import is_left_to_us
from mediane.consultations.states import State
from mediane.kit import clock, rowsecurity
from mediane.statistics.actions import catch_up
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.consultations.stories import ANSWER, QUESTION, a_consultation, answered, known, photo
from tests.stories import a_studied_case

LIST = "/bureau/consultations/"


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.nadia, at)


def day(on: date) -> dict[str, str]:
    return {"due_on_day": str(on.day), "due_on_month": str(on.month), "due_on_year": str(on.year)}


def soon() -> date:
    return clock.today() + timedelta(days=20)


def page_of(case: Case, rest: str = "") -> str:
    return f"/bureau/dossiers/{case.reference}/consultations/{rest}"


def words_of(browser: SignedIn, address: str) -> str:
    return browser.get(address).content.decode()


def test_a_question_is_asked_once_and_nothing_typed_is_lost(
    browser: SignedIn, cast: Cast, case: Case
) -> None:
    browser.as_staff(cast.nadia)
    sent = {"version": 1, "entry_key": str(uuid4()), "to": "", "question": QUESTION} | day(soon())
    refused = browser.post(page_of(case), sent).content.decode()
    assert "Choisissez à qui poser la question" in refused
    assert QUESTION in refused
    past = browser.post(page_of(case), sent | {"to": "service.BENEFITS"} | day(date(2020, 1, 2)))
    assert "Choisissez un jour à venir" in past.content.decode()
    assert "2020" in past.content.decode()
    for _ in range(2):
        made = browser.post(page_of(case), sent | {"to": "service.BENEFITS"})
        assert made["Location"] == page_of(case, "1/")
    shown = words_of(browser, f"/bureau/dossiers/{case.reference}/")
    assert "Prestations" in shown
    assert "Réponse attendue" in shown
    assert "Ni nom, ni numéro" in words_of(browser, page_of(case, "1/"))


def test_an_answer_is_new_on_the_case_then_read(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    one = a_consultation(cast.samira, cast.claire, at, case=case)
    answered(one, cast.malik, at + timedelta(days=3))
    browser.as_staff(cast.claire)
    shown = words_of(browser, f"/bureau/dossiers/{case.reference}/")
    assert "Lire la réponse à votre question\u00a0: Prestations\u00a0: Malik Ferhat." in shown
    assert "Répond à une question" in shown
    assert case.reference in words_of(browser, "/bureau/?vue=reponses")
    assert case.reference in words_of(browser, f"{LIST}?vue=a-lire")
    opened = words_of(browser, page_of(case, "1/"))
    assert ANSWER in opened
    assert "Nouveau" in opened
    assert case.reference not in words_of(browser, f"{LIST}?vue=a-lire")


@pytest.mark.parametrize(
    ("gesture", "sent", "left"),
    [
        ("relance", {}, State.AWAITED),
        ("retrait", {}, State.CALLED_OFF),
        ("date", day(date(2036, 3, 3)), State.AWAITED),
        ("reponse", {"heard": "phone", "text": "Oui."}, State.ANSWERED),
    ],
)
def test_of_two_pages_of_one_gesture_the_second_is_told(
    browser: SignedIn, cast: Cast, case: Case, at: datetime, gesture: str, sent: dict[str, str], left: State
) -> None:
    one = a_consultation(cast.samira, cast.claire, at, case=case)
    address = page_of(case, f"1/{gesture}/")
    browser.as_staff(cast.nadia)
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"seen": 1} | sent)["Location"] == page_of(case, "1/")
    assert known(one).state == left
    second = SignedIn().as_staff(cast.claire).post(address, {"seen": 1} | sent)
    assert second.status_code == 200
    assert "Nadia Pruvost" in second.content.decode()
    for typed in sent.values():
        assert typed in second.content.decode()


def test_an_answer_by_mail_is_noted_with_its_file(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    a_consultation(cast.samira, cast.claire, at, case=case)
    browser.as_staff(cast.nadia)
    joined = SimpleUploadedFile("courrier.png", photo(), "image/png")
    sent = {"seen": 1, "heard": "letter", "text": "Oui.", "joined": joined}
    browser.post(page_of(case, "1/reponse/"), sent)
    shown = words_of(browser, page_of(case, "1/"))
    assert "courrier.png" in shown
    link = next(part for part in shown.split('"') if "/fichiers/" in part)
    assert browser.get(link)["Content-Type"].startswith("image/")
    other = a_studied_case(cast.lucette, cast.nadia, at)
    assert browser.get(link.replace(case.reference, other.reference)).status_code == 404


def test_who_owes_what_is_read_by_date_page_after_page(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    for rank in range(33):
        a_consultation(
            cast.samira, cast.claire, at, case=case, service=("BENEFITS", "RECOVERY")[rank % 2],
            due_on=date(2036, 1, 1) + timedelta(days=rank),
        )  # fmt: skip
    browser.as_staff(cast.remi)
    assert "Personne ne doit de réponse" in words_of(browser, LIST)
    browser.as_staff(cast.nadia)
    first = words_of(browser, LIST)
    assert first.count('scope="row"') == 30
    following = next(part for part in first.split('"') if "apres=" in part).replace("&amp;", "&")
    assert words_of(browser, following).count('scope="row"') == 3
    one = words_of(browser, f"{LIST}?service=RECOVERY")
    assert one.count('scope="row"') == 16
    assert browser.get(f"{LIST}?apres=x&vue=nulle&service=XX").status_code == 200


def test_how_each_answers_is_read_from_the_figures(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    for days in (2, 4, 20):
        one = a_consultation(cast.samira, cast.claire, at, case=case)
        answered(one, cast.malik, at + timedelta(days=1 + days, hours=1))
    a_consultation(cast.samira, cast.claire, at, case=case)
    browser.as_staff(cast.nadia)
    assert "Comment chacun répond" not in words_of(browser, LIST)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        catch_up(caf=cast.paris, at=at + timedelta(days=30))
    row = words_of(browser, LIST).split("Comment chacun répond")[1].split("<tbody>")[1].split("</tbody>")[0]
    for told in ("Prestations", ">4<", "2 (67\u00a0%)", "4\u00a0jours", ">0<"):
        assert told in row


def test_a_late_body_is_left_to_the_mediation_until_it_was_chased(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    one = a_consultation(cast.samira, cast.claire, at, case=case, service="", body="MDPH")
    late = datetime(2026, 11, 26, 9, tzinfo=UTC)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert is_left_to_us(known(one))
        actions.remind(consultation=known(one), by=cast.claire, at=at + timedelta(days=3))
        assert is_left_to_us(known(one))
        actions.remind(consultation=known(one), by=cast.claire, at=late)
        assert not is_left_to_us(known(one))
        service = a_consultation(cast.samira, cast.claire, at, case=case)
        assert not is_left_to_us(known(service))


@pytest.mark.parametrize("address", ["list", "case"])
def test_a_page_costs_the_same_for_one_and_twenty(
    browser: SignedIn, cast: Cast, case: Case, at: datetime, address: str
) -> None:
    browser.as_staff(cast.nadia)
    where = LIST if address == "list" else f"/bureau/dossiers/{case.reference}/"
    a_consultation(cast.samira, cast.claire, at, case=case)
    browser.get(where)
    with CaptureQueriesContext(connection) as few:
        browser.get(where)
    for _ in range(19):
        a_consultation(cast.samira, cast.claire, at, case=case)
    with CaptureQueriesContext(connection) as many:
        browser.get(where)
    assert len(many) == len(few)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Consultation.objects.count() == 20
