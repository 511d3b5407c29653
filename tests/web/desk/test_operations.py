"""Many cases at once, from the work plan to what became of each."""

import io
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects
from python_calamine import CalamineWorkbook

from mediane.casework.models import Case, Message
from mediane.jobs.operations import carry_out
from mediane.kit import clock
from mediane.worklists.models import Operation
from mediane.worklists.queries import operations as queries
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_studied_case
from tests.worklists.stories import awaiting, in_paris

URL = "/bureau/"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.SCRATCH = tmp_path
    return tmp_path


def ticked(*cases: Case) -> list[str]:
    return [f"{case.reference}.{case.version}" for case in cases]


def last(cast: Cast) -> Operation:
    with in_paris(cast):
        return Operation.objects.order_by("-pk")[0]


def test_a_few_cases_are_given_at_once_and_given_back(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.amine, at)
    sent = {"case": ticked(case), "to": cast.nadia.id, "here": "?vue=tous"}
    shown = browser.as_staff(cast.claire).post(f"{URL}attribuer/", sent, follow=True)
    assertRedirects(shown, f"{URL}?vue=tous")
    assertContains(shown, "1\u00a0dossier attribué à Nadia Pruvost")
    undo = f"{URL}operations/{last(cast).number}/annulation/"
    assertContains(browser.post(undo, follow=True), "1\u00a0dossier remis comme avant")
    assertContains(browser.post(undo, follow=True), "1\u00a0dossier remis comme avant")
    assertContains(browser.get(URL), "Attribution annulée")
    with in_paris(cast):
        assert Case.objects.get().assignee_id == cast.amine.id


def test_the_whole_list_is_given_beyond_its_first_page(browser: SignedIn, cast: Cast, at: datetime) -> None:
    for minute in range(31):
        a_case(cast.samira, at + timedelta(minutes=minute))
    other = a_studied_case(cast.lucette, cast.claire, at)
    assertContains(browser.as_staff(cast.claire).get(f"{URL}?vue=a-qualifier"), "Les 31 de cette liste")
    sent = {"whole": "1", "to": cast.nadia.id, "here": "?vue=a-qualifier"}
    shown = browser.post(f"{URL}attribuer/", sent, follow=True)
    assertContains(shown, "20 sur 31")
    assertContains(shown, "Interrompre")
    carry_out(organisation_id=cast.paris.pk, operation_id=last(cast).pk)
    with in_paris(cast):
        assert Case.objects.filter(assignee=cast.nadia.id).count() == 31
        assert Case.objects.get(pk=other.pk).assignee_id == cast.claire.id


def test_the_same_page_does_the_same_once_and_something_else_as_well(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    one, other = a_case(cast.samira, at), a_case(cast.lucette, at)
    browser.as_staff(cast.claire)
    page = {"entry_key": str(uuid4()), "to": cast.nadia.id}
    for cases in (ticked(one), ticked(one), ticked(other)):
        browser.post(f"{URL}attribuer/", page | {"case": cases})
    with in_paris(cast):
        assert Operation.objects.count() == 2
        assert set(Case.objects.values_list("assignee_id", flat=True)) == {cast.nadia.id}


def test_interrupted_midway_it_says_so(browser: SignedIn, cast: Cast, at: datetime, monkeypatch) -> None:
    monkeypatch.setattr(queries, "AT_A_TIME", 1)
    cases = [a_case(cast.samira, at + timedelta(minutes=n)) for n in range(3)]
    browser.as_staff(cast.claire).post(f"{URL}attribuer/", {"case": ticked(*cases), "to": cast.nadia.id})
    page = f"{URL}operations/{last(cast).number}/"
    assertContains(browser.as_staff(cast.amine).get(page), "1 sur 3")
    assertNotContains(browser.get(page), "Interrompre</span>")
    assert browser.post(f"{page}interruption/").status_code == 403
    shown = browser.as_staff(cast.claire).post(f"{page}interruption/", follow=True)
    assertContains(shown, "Claire Vasseur l’a interrompue")
    assertContains(shown, "2\u00a0laissés de côté")


def test_people_are_reminded_once_it_is_sure(browser: SignedIn, cast: Cast, at: datetime) -> None:
    waited, other = awaiting(cast, cast.samira, at), a_studied_case(cast.lucette, cast.claire, at)
    sent = {"case": ticked(waited, other), "here": "?vue=tous"}
    shown = browser.as_staff(cast.claire).post(f"{URL}relancer/", sent)
    assertContains(shown, "Relancer pour 2\u00a0dossiers")
    with in_paris(cast):
        assert not Message.objects.exists()
    shown = browser.post(f"{URL}relancer/", sent | {"sure": "1"}, follow=True)
    assertContains(shown, "1\u00a0personne relancée")
    assertContains(shown, f"{other.reference}</a>\u00a0: Aucune pièce n’est attendue")
    assertNotContains(shown, "Annuler l’attribution")
    assertContains(browser.post(f"{URL}relancer/", {"here": "?vue=tous"}), "Aucun dossier n’est coché")


def test_a_sheet_is_taken_away_by_whoever_asked_or_the_mediator(
    browser: SignedIn, cast: Cast, at: datetime, folder: Path
) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at)
    shown = browser.as_staff(cast.nadia).post(f"{URL}feuille/", {"case": ticked(case)}, follow=True)
    assertContains(shown, "Télécharger la feuille")
    page = f"{URL}operations/{last(cast).number}/feuille/"
    assert browser.as_staff(cast.amine).get(page).status_code == 403
    for who in (cast.nadia, cast.claire):
        book = CalamineWorkbook.from_filelike(io.BytesIO(browser.as_staff(who).get(page).content))
        heads, line = book.get_sheet_by_name("Données").to_python()
        told = dict(zip(heads, line, strict=True))
        assert (told["Référence"], told["Suivi par"]) == (case.reference, "Nadia Pruvost")
        assert told["Reçue le"] == at.date()
        assert "Belkacem" not in str(line)
    assert not list(folder.iterdir())


def test_a_sheet_of_yesterday_is_gone(browser: SignedIn, cast: Cast, at: datetime, monkeypatch) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at)
    browser.as_staff(cast.nadia).post(f"{URL}feuille/", {"case": ticked(case)})
    page = f"{URL}operations/{last(cast).number}/"
    tomorrow = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    assertContains(browser.get(page), "Cette feuille est effacée")
    assertContains(browser.get(f"{page}feuille/"), "Une feuille se garde")


def test_an_operation_of_another_caf_is_nowhere(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    browser.as_staff(cast.claire).post(f"{URL}attribuer/", {"case": ticked(case), "to": cast.nadia.id})
    page = f"{URL}operations/{last(cast).number}/"
    browser.as_staff(cast.remi)
    assert browser.get(page).status_code == 404
    assert browser.post(f"{page}annulation/").status_code == 404
    assert browser.get(f"{page}feuille/").status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_of_an_operation_costs_the_same_whatever_its_length(
    browser: SignedIn, cast: Cast, at: datetime, rows: int, django_assert_num_queries
) -> None:
    cases = [a_studied_case(cast.samira, cast.nadia, at + timedelta(minutes=n)) for n in range(rows)]
    browser.as_staff(cast.claire).post(f"{URL}attribuer/", {"case": ticked(*cases), "to": cast.nadia.id})
    page = f"{URL}operations/{last(cast).number}/"
    browser.get(page)
    with django_assert_num_queries(8):
        browser.get(page)
    assertContains(browser.get(f"{URL}operations/"), "Attribution à Nadia Pruvost")


@pytest.mark.parametrize(
    "sent",
    [
        {"whole": "1", "here": "?vue=clos"},
        {"whole": "1", "here": "//ailleurs"},
        {"entry_key": "x", "case": ["²", "", "."]},
        {"whole": "1", "here": "?vue=tous&depuis=x&suivi-par=%00"},
    ],
)
def test_what_is_sent_by_hand_breaks_nothing(browser: SignedIn, cast: Cast, sent: dict) -> None:
    for address in ("attribuer", "relancer", "feuille"):
        answer = browser.as_staff(cast.claire).post(f"{URL}{address}/", sent | {"to": cast.nadia.id})
        assertContains(answer, "Aucun dossier n’est coché")
