"""The national mediation enters a scale of deductions; a mistake is corrected by another one."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains

from mediane.debts.models import DeductionScale
from mediane.debts.queries import scale_on
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn

LIST = "/pilotage/baremes/"
TYPED = {
    "corrects": "nouveau", "source": "Arrêté du 18 décembre 2026, article 5",
    "valid_from_day": "1", "valid_from_month": "1", "valid_from_year": "2027",
    "valid_until_day": "31", "valid_until_month": "12", "valid_until_year": "2027",
    "floor": "300", "flat": "55", "upto_1": "450", "rate_1": "25", "rate_2": "60 %", "deemed": "1 300",
}  # fmt: skip


def at_the_cnaf(cast: Cast):
    return rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk))


def test_the_two_that_are_known_are_shown_and_today_has_none(browser: SignedIn, cast: Cast) -> None:
    shown = browser.as_staff(cast.helene).get(LIST)
    assertContains(shown, "Arrêté du 28 juin 2001")
    assertContains(shown, "Arrêté du 20 décembre 2019")
    assertContains(shown, "Aucun barème ne vaut aujourd’hui")


def test_a_scale_is_entered_and_serves(browser: SignedIn, cast: Cast) -> None:
    assert browser.as_staff(cast.helene).post(f"{LIST}nouveau/", TYPED).url == LIST
    assertContains(browser.get(LIST), "Barème 3, du 1er\u00a0janvier\u00a02027")
    with at_the_cnaf(cast):
        found = scale_on(date(2027, 6, 1))
        assert [(str(one.above), str(one.upto), str(one.rate)) for one in found.rule.slices] == [
            ("300.00", "450.00", "25"),
            ("450.00", "None", "60"),
        ]


def test_a_mistake_is_corrected_by_another_scale(browser: SignedIn, cast: Cast) -> None:
    assertContains(browser.as_staff(cast.helene).get(f"{LIST}nouveau/?corrige=2"), "Corrige le barème 2")
    days = {"valid_from_year": "2020", "valid_until_year": "2020"}
    refused = browser.post(f"{LIST}nouveau/", TYPED | days)
    assertContains(refused, "Le barème 2 vaut déjà du 1er")
    browser.post(f"{LIST}nouveau/", TYPED | days | {"corrects": "2"})
    assertContains(browser.get(LIST), "Corrigé par le barème 3")


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"source": ""}, "Indiquez le texte"),
        ({"floor": "trois cents"}, "Écrivez ce montant en euros"),
        ({"rate_1": "un quart"}, "Écrivez ce taux en pour cent"),
        ({"rate_1": "", "upto_1": "450"}, "Indiquez le taux de la tranche 1"),
        ({"upto_1": ""}, "La tranche 2 suit une tranche sans fin"),
        ({"upto_2": "900"}, "La dernière tranche n’a pas de fin"),
        ({"upto_1": "200"}, "finit plus haut"),
        ({"rate_2": "160"}, "Un taux va de 0 à 100"),
        ({"rate_1": "", "upto_1": "", "rate_2": ""}, "Indiquez au moins une tranche"),
        ({"valid_until_year": "2026"}, "Le dernier jour vient avant le premier"),
        ({"valid_until_month": "14"}, "Le mois va de 1 à 12"),
        ({"flat": "301"}, "La somme fixe dépasse"),
        ({"corrects": "9"}, "Choisissez dans la liste"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser: SignedIn, cast: Cast, differs: dict[str, str], sentence: str
) -> None:
    shown = browser.as_staff(cast.helene).post(f"{LIST}nouveau/", TYPED | differs)
    assertContains(shown, sentence)
    assertContains(shown, 'value="1 300"')
    with at_the_cnaf(cast):
        assert DeductionScale.objects.count() == 2


def test_nobody_of_a_caf_comes_in(browser: SignedIn, cast: Cast) -> None:
    for actor in (cast.claire, cast.nadia, cast.agnes):
        for page in (LIST, f"{LIST}nouveau/"):
            assert browser.as_staff(actor).get(page).status_code == 403


def test_the_page_costs_the_same_for_two_scales_and_twenty(
    browser: SignedIn, cast: Cast, django_assert_max_num_queries
) -> None:
    browser.as_staff(cast.helene)
    for year in range(2030, 2048):
        browser.post(f"{LIST}nouveau/", TYPED | {"valid_from_year": str(year), "valid_until_year": str(year)})
    with django_assert_max_num_queries(7):
        browser.get(LIST)
