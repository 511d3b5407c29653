"""The period for appeal on the desk: its line on the case, its page, the days typed."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from mediane.appeals.models import AppealEvent
from mediane.appeals.states import Evidence
from mediane.casework.models import Case
from mediane.kit import clock, rowsecurity
from tests.appeals.stories import an_admitted_case, an_answered_case, noted
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=clock.UTC)
TYPED = {
    "on_day": "6",
    "on_month": "10",
    "on_year": "2026",
    "evidence": "receipt",
    "precision": "Avis 2C 118 402",
    "path": "HOUSING",
    "remedies": "stated",
    "home": "same",
    "version": "1",
    "rank": "0",
}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def address(case: Case, slug: str = "") -> str:
    return f"/bureau/dossiers/{case.reference}/delai-de-recours/" + (f"{slug}/" if slug else "")


def events(cast: Cast) -> list[AppealEvent]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return list(AppealEvent.objects.order_by("rank"))


def test_without_the_day_of_the_decision_it_says_so_and_leads_there(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = an_admitted_case(cast, at)
    browser.as_staff(cast.nadia)
    page = browser.get(f"/bureau/dossiers/{case.reference}/")
    assertContains(page, "Pas calculé\u00a0: une date manque ou se contredit")
    assertContains(page, f'href="{address(case, "decision")}"')
    assertContains(browser.get(address(case)), "Le délai n’est pas calculé")
    assertContains(browser.get(address(case, "decision")), "La personne a écrit que la décision est du")


def test_a_day_is_typed_and_the_date_appears_with_its_reasons(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = an_answered_case(cast, at)
    sent = browser.as_staff(cast.nadia).post(address(case, "decision"), TYPED)
    assert sent.url == address(case)
    page = browser.get(address(case))
    for words in (
        "Jusqu’au 20\u00a0janvier\u00a02027, dans 57\u00a0jours",
        "La décision contestée est notifiée le 6\u00a0octobre\u00a02026 (avis de réception signé)",
        "Article L. 421-3 du code des relations entre le public et l’administration",
        "À confirmer par un juriste.",
        "jamais une promesse",
        "Avis 2C 118 402",
        "Rien\u00a0: le calcul n’est pas validé pour être montré.",
    ):
        assertContains(page, words)
    case_page = browser.get(f"/bureau/dossiers/{case.reference}/")
    assertContains(case_page, "Jusqu’au 20\u00a0janvier\u00a02027")
    assertContains(case_page, "Date du délai de recours notée")


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"on_day": "31", "on_month": "2"}, "n’existe pas"),
        ({"on_day": "", "on_month": "", "on_year": ""}, "Indiquez le jour"),
        ({"on_month": "12"}, "dans le futur"),
        ({"on_year": "1926"}, "trop ancienne"),
        ({"evidence": ""}, "Dites ce qui montre ce jour"),
        ({"path": "X"}, "Sélectionnez un choix valide"),
        ({"path": ""}, "Choisissez le recours"),
        ({"precision": "1 85 05 78 006 084 36"}, "numéro de sécurité sociale"),
    ],
)
def test_what_is_typed_wrong_is_said_and_kept(
    browser: SignedIn, cast: Cast, at: datetime, differs: dict[str, str], sentence: str
) -> None:
    case = an_admitted_case(cast, at)
    page = browser.as_staff(cast.nadia).post(address(case, "decision"), TYPED | differs)
    assertContains(page, sentence)
    assertContains(page, 'value="receipt" checked' if "evidence" not in differs else "Avis 2C 118 402")
    assert events(cast) == []


def test_the_second_of_two_is_told_and_loses_nothing(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)
    noted(case, cast.claire, at, evidence=Evidence.DECLARED)
    page = browser.as_staff(cast.nadia).post(address(case, "decision"), TYPED)
    assertContains(page, "Claire Vasseur a noté entre-temps")
    assertContains(page, "Avis 2C 118 402")
    assertContains(page, 'name="rank" id="id_rank" value="1"')
    assert browser.post(address(case, "decision"), TYPED | {"rank": "1"}).status_code == 302
    assert [one.rank for one in events(cast)] == [1, 2]


def test_a_day_is_taken_back_without_typing_another(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)
    noted(case, cast.claire, at)
    browser.as_staff(cast.nadia).post(
        address(case, "decision"), {"version": "1", "rank": "1", "takes_back": "on"}
    )
    assert events(cast)[-1].on is None
    assertContains(browser.get(address(case)), "retirée")


def test_a_page_sent_twice_writes_once(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)
    page = TYPED | {"entry_key": "0b7c3a52-6c5a-4f4e-9df3-0d1e4c6f7a11"}
    browser.as_staff(cast.nadia)
    assert [browser.post(address(case, "decision"), page).status_code for _ in "12"] == [302, 302]
    assert len(events(cast)) == 1


def test_the_end_shows_when_the_letters_were_read(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = an_answered_case(cast, at)
    page = browser.as_staff(cast.nadia).get(address(case, "fin"))
    assertNotContains(page, "Recours que la décision permet")
    typed = {"on_day": "21", "on_month": "11", "on_year": "2026", "evidence": "space", "rank": "0"}
    browser.post(address(case, "fin"), typed | {"version": "1"})
    assert [(one.what, one.on) for one in events(cast)] == [("end", date(2026, 11, 21))]


@pytest.mark.parametrize("slug", ["recevabilite", "fin"])
def test_nothing_is_dated_that_did_not_happen(browser: SignedIn, cast: Cast, at: datetime, slug: str) -> None:
    case = a_case(cast.samira, at)
    typed: dict[str, Any] = {name: TYPED[name] for name in ("on_day", "on_month", "on_year", "evidence")}
    page = browser.as_staff(cast.nadia).post(address(case, slug), typed | {"version": "1", "rank": "0"})
    assertContains(page, "La recevabilité n’est pas décidée")


def test_an_unknown_day_and_another_caf_have_no_page(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)
    assert browser.as_staff(cast.nadia).get(address(case, "naissance")).status_code == 404
    assert browser.as_staff(cast.remi).get(address(case)).status_code == 404
    assert browser.get(address(case, "decision")).status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_costs_the_same_whatever_was_said(
    browser: SignedIn, cast: Cast, at: datetime, rows: int, django_assert_num_queries
) -> None:
    case = an_admitted_case(cast, at)
    for rank in range(rows):
        noted(case, cast.claire, at + timedelta(days=4), seen_rank=rank)
    browser.as_staff(cast.claire).get(address(case))
    # Five to open the door and journal the reading; the days, the steps, what was signed off;
    # and one savepoint with its end.
    with django_assert_num_queries(5 + 3 + 2):
        browser.get(address(case))


def test_the_decision_page_and_the_clock_read_the_same_rules(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_case(cast.samira, at)
    page = browser.as_staff(cast.claire).get(f"/bureau/dossiers/{case.reference}/recevabilite/")
    assertContains(page, "interrompu\u00a0: un nouveau délai entier partira à la fin de la médiation")
    assertContains(page, f'href="{address(case)}"')
