"""A deduction on the desk: worked out by a known scale, refused without one, nothing typed lost."""

import pytest
from pytest_django.asserts import assertContains

from mediane.casework.models import Case
from mediane.debts.models import Calculation
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_studied_case

ASKED = {
    "first": "mars 2020", "resources": "year", "income": "593", "real": "900", "dettes": "1",
    "dette-1-name": "Trop-perçu d’APL", "dette-1-since_day": "2", "dette-1-since_month": "10",
    "dette-1-since_year": "2019", "dette-1-amount": "300",
}  # fmt: skip
SECOND = {
    "dettes": "2", "dette-2-name": "Prime d’activité", "dette-2-since_day": "1",
    "dette-2-since_month": "9", "dette-2-since_year": "2019", "dette-2-amount": "100",
}  # fmt: skip


@pytest.fixture
def page(cast: Cast, at) -> str:
    case: Case = a_studied_case(cast.samira, cast.claire, at)
    return f"/bureau/dossiers/{case.reference}/retenue/"


def test_a_deduction_is_worked_out_with_its_reasoning(browser: SignedIn, cast: Cast, page: str) -> None:
    sent = browser.as_staff(cast.nadia).post(page, ASKED | SECOND)
    assert sent.url == f"{page}1/"
    shown = browser.get(sent.url)
    for words in (
        "La retenue serait de 150,45\u00a0€ par mois",
        "25\u00a0% de 266,00\u00a0€ à 396,00\u00a0€",
        "Arrêté du 20 décembre 2019, article 5",
        "749,55\u00a0€",  # 900 less the deduction
        "3\u00a0mois",
        "Prime d’activité\u00a0: 100,00\u00a0€\u00a0; Trop-perçu d’APL\u00a0: 50,45\u00a0€",
    ):
        assertContains(shown, words)
    again = browser.get(f"{page}?depuis=1")
    assertContains(again, 'value="593,00"')
    assertContains(again, "Prime d’activité")


def test_a_month_without_a_scale_is_refused_and_what_was_typed_stays(
    browser: SignedIn, cast: Cast, page: str
) -> None:
    shown = browser.as_staff(cast.nadia).post(page, ASKED | {"first": "novembre 2026"})
    assertContains(shown, "Médiane ne connaît pas le barème de novembre\u00a02026, et n’en invente pas.")
    assertContains(shown, "Trop-perçu d’APL")


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"first": "hier"}, "Écrivez le mois et l’année"),
        ({"first": ""}, "Indiquez le mois"),
        ({"income": ""}, "ou dites qu’il n’est pas connu"),
        ({"income": "mille"}, "Écrivez le revenu mensuel pondéré en euros"),
        ({"is_unknown": "on"}, "Videz ce montant"),
        ({"resources": ""}, "Choisissez la période"),
        ({"resources": "PICNIC"}, "Choisissez dans la liste"),
        ({"dette-1-name": ""}, "Dites de quelle dette il s’agit"),
        ({"dette-1-since_month": "13"}, "Le mois va de 1 à 12"),
        ({"dette-1-since_year": "2099"}, "Cette date est à venir"),
        ({"dette-1-amount": "0"}, "Une dette dépasse 0"),
        ({"dette-1-amount": "1e9"}, "Écrivez le montant restant dû en euros"),
        (SECOND | {"dette-2-amount": ""}, "Indiquez le montant qui reste dû"),
        ({"entry_key": "x"}, "Cette page était incomplète"),
    ],
)
def test_what_is_wrong_is_said(
    browser: SignedIn, cast: Cast, page: str, differs: dict[str, str], sentence: str
) -> None:
    shown = browser.as_staff(cast.nadia).post(page, ASKED | differs)
    assertContains(shown, sentence)
    assertContains(shown, 'value="900"')
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not Calculation.objects.exists()


def test_a_debt_is_added_without_script_and_nothing_is_judged_yet(
    browser: SignedIn, cast: Cast, page: str
) -> None:
    shown = browser.as_staff(cast.nadia).post(page, ASKED | {"income": "", "ajouter": "1"})
    assertContains(shown, 'name="dette-2-name"')
    assertContains(shown, "Trop-perçu d’APL")
    assertContains(shown, 'name="dettes" value="2"')
    assert "à corriger" not in shown.content.decode()


def test_unknown_resources_and_an_income_too_small(browser: SignedIn, cast: Cast, page: str) -> None:
    browser.as_staff(cast.nadia).post(page, ASKED | {"income": "", "is_unknown": "on", "real": ""})
    assertContains(browser.get(f"{page}1/"), "faute de ressources connues")
    browser.post(page, ASKED | {"income": "30"})
    assertContains(browser.get(f"{page}2/"), "la retenue s’arrête au revenu")
    browser.post(page, ASKED | {"income": "0"})
    assertContains(browser.get(f"{page}3/"), "Aucune retenue n’est possible")
    assert browser.get(f"{page}4/").status_code == 404


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_costs_the_same_whatever_was_worked_out(
    browser: SignedIn, cast: Cast, page: str, number: int, django_assert_max_num_queries
) -> None:
    browser.as_staff(cast.nadia)
    for _ in range(number):
        browser.post(page, ASKED)
    browser.get(page)
    with django_assert_max_num_queries(10):
        browser.get(page)
    with django_assert_max_num_queries(9):
        browser.get(f"{page}1/")


def test_what_is_to_correct_is_told_once_in_the_order_of_the_page(
    browser: SignedIn, cast: Cast, page: str
) -> None:
    wrong = {"first": "", "resources": "", "income": "", "dette-1-name": ""}
    shown = browser.as_staff(cast.nadia).post(page, ASKED | wrong).content.decode()
    assert shown.count('data-module="govuk-error-summary"') == 1
    summary = shown[shown.index("Quatre points à corriger") :]
    asked = ("Indiquez le mois", "Indiquez le revenu", "Choisissez la période", "Dites de quelle dette")
    places = [summary.index(words) for words in asked]
    assert places == sorted(places)
