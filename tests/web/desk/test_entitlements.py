"""The page where a household is typed once, and its rights are estimated."""

from datetime import datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from mediane.casework.models import Case
from mediane.entitlements import actions
from mediane.entitlements.models import Estimate
from mediane.entitlements.queries import estimates_of
from mediane.entitlements.states import Right
from mediane.integrations.openfisca import adapter
from mediane.kit import clock, rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.entitlements.test_actions import AMOUNTS
from tests.stories import a_studied_case

TYPED = {
    "month": "2026-11-01",
    "age": "38",
    "wages": "900",
    "disability": "none",
    "children": "3, 7 et 12",
    "housing": "empty",
    "rent": "612,50 €",
    "zone": "1",
}


@pytest.fixture
def case(cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setattr(clock, "now", lambda: at)
    return a_studied_case(cast.samira, cast.claire, at)


def page_of(case: Case) -> str:
    return f"/bureau/dossiers/{case.reference}/droits/"


def test_a_household_is_typed_once_and_its_rights_are_read(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    assertContains(browser.as_staff(cast.nadia).get(f"/bureau/dossiers/{case.reference}/"), page_of(case))
    assertContains(browser.get(page_of(case)), "Aucune pour l’instant")
    assert browser.post(page_of(case), TYPED)["Location"] == page_of(case)
    shown = browser.get(page_of(case))
    assertContains(shown, "Le calcul est en cours")
    assertContains(shown, 'value="612,50\u00a0€"')
    assertContains(shown, "3\u00a0enfants (3, 7, 12 ans)")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        estimate = Estimate.objects.get()
        actions.keep_amounts(estimate=estimate, amounts=AMOUNTS, computed_with="OpenFisca-France 176", at=at)
    done = browser.get(page_of(case))
    assertContains(done, "531,47\u00a0€")
    assertContains(done, "Calculée avec OpenFisca-France 176")
    assertContains(done, Right.RSA.label)
    assertContains(done, "Ce n’est ni une décision ni une promesse")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"age": "380"}, "Écrivez un âge entre 16 et 110"),
        ({"age": ""}, "Indiquez l’âge de la personne"),
        ({"children": "trois"}, "séparés par des virgules"),
        ({"children": "21"}, "de 0 à 20"),
        ({"wages": "beaucoup"}, "Écrivez le salaire net par mois en euros"),
        ({"rent": "9999999"}, "trop grand pour un mois"),
        ({"other_wages": "1200"}, "Indiquez l’âge de cette personne"),
        ({"housing": ""}, "Choisissez la situation de logement"),
        ({"month": "1999-01-01"}, "Sélectionnez un choix valide"),
    ],
)
def test_what_is_typed_wrong_is_told_and_kept(
    browser: SignedIn, cast: Cast, case: Case, wrong: dict[str, str], sentence: str
) -> None:
    refused = browser.as_staff(cast.nadia).post(page_of(case), TYPED | wrong)
    assertContains(refused, sentence)
    assertContains(refused, "Erreur\u00a0: ")
    assertContains(refused, f'value="{(TYPED | wrong)["rent"]}"')
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert estimates_of(case) == []


def test_without_the_calculator_the_page_says_so(
    browser: SignedIn, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "PACKAGE", "no-such-package")
    shown = browser.as_staff(cast.nadia).get(page_of(case))
    assertContains(shown, "Le calculateur n’est pas installé sur ce serveur")
    assertNotContains(shown, "Estimer les droits</button>")
    browser.post(page_of(case), TYPED)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert estimates_of(case) == []


def test_another_caf_does_not_know_the_case(browser: SignedIn, cast: Cast, case: Case) -> None:
    assert browser.as_staff(cast.remi).get(page_of(case)).status_code == 404
