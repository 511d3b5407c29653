"""Money on the desk: typed as people type it, nothing lost, validated by somebody else."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mediane.casework import actions
from mediane.casework.models import Case, FinancialEffect
from mediane.casework.states import Effect, Outcome
from mediane.kit import rowsecurity
from mediane.kit.money import euros
from tests.casework.actions.test_effects import a_change
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_studied_case

TYPED = {
    "kind": "overpayment_cancelled",
    "benefit": "APL",
    "decision": "Trop-perçu du 2 octobre",
    "before": "1\u202f842,60 €",
    "after": "0",
    "evidence": "Notification du 12 novembre",
    "version": "1",
}
LIST = "/bureau/montants/"


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.nadia, at)


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def address(case: Case, *, rank: int | None = None, page: str = "") -> str:
    return f"/bureau/dossiers/{case.reference}/montants/" + (f"{rank}/{page}" if rank else "")


def a_line(cast: Cast, case: Case, at: datetime, **differs: Any) -> FinancialEffect:
    with in_paris(cast):
        return actions.record_effect(case=case, change=a_change(**differs), by=cast.nadia, at=at)


def test_a_line_is_typed_and_waits_for_somebody_else(browser: SignedIn, cast: Cast, case: Case) -> None:
    sent = browser.as_staff(cast.nadia).post(address(case), TYPED)
    assert sent.url == f"/bureau/dossiers/{case.reference}/#montants"
    shown = browser.get(f"/bureau/dossiers/{case.reference}/")
    assertContains(shown, "par une autre personne que vous")
    assertContains(shown, euros(Decimal("1842.60")))
    other = browser.as_staff(cast.claire).get(f"/bureau/dossiers/{case.reference}/")
    assertContains(other, f'action="{address(case, rank=1, page="validation/")}"')
    browser.post(address(case, rank=1, page="validation/"), {"version": "1"})
    assertContains(browser.get(f"/bureau/dossiers/{case.reference}/"), "validée par Claire Vasseur")


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"before": "douze"}, "Écrivez le montant avant en euros, sans signe, ainsi"),
        ({"after": "-3"}, "Écrivez le montant après en euros, sans signe, ainsi"),
        ({"after": ""}, "Indiquez le montant après, ou 0"),
        ({"before": "0"}, "Le montant après doit être inférieur au montant avant."),
        ({"before": "99999999,99"}, "Un montant dépasse un million d’euros"),
        ({"benefit": "INCONNUE"}, "INCONNUE"),
        ({"kind": ""}, "Choisissez ce que la décision a changé"),
        ({"decision": "2 90 05 75 123 456 89"}, "Retirez le numéro de sécurité sociale"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser: SignedIn, cast: Cast, case: Case, differs: dict[str, str], sentence: str
) -> None:
    shown = browser.as_staff(cast.nadia).post(address(case), TYPED | differs)
    assertContains(shown, sentence)
    assertContains(shown, "Notification du 12 novembre")
    with in_paris(cast):
        assert not FinancialEffect.objects.exists()


def test_a_correction_begins_with_the_line_and_stands_for_it(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    a_line(cast, case, at)
    form = browser.as_staff(cast.nadia).get(address(case, rank=1))
    assertContains(form, 'value="930,40"')
    wrong = {"kind": "back_payment", "before": "0", "after": "903,40"}
    browser.post(address(case, rank=1), TYPED | wrong)
    shown = browser.get(f"/bureau/dossiers/{case.reference}/")
    assertContains(shown, "Corrigée par la ligne 2.")
    assertRedirects(
        browser.get(address(case, rank=1)),
        f"/bureau/dossiers/{case.reference}/#montants",
        fetch_redirect_response=False,
    )
    late = browser.as_staff(cast.claire).post(
        address(case, rank=1), TYPED | wrong | {"decision": "La mienne"}
    )
    assertContains(late, "déjà corrigée par une autre")
    assertContains(late, "La mienne")


def test_a_line_typed_by_mistake_is_cancelled(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    a_line(cast, case, at)
    same = {"kind": "back_payment", "before": "0", "after": "930,40", "cancels": "on"}
    browser.as_staff(cast.nadia).post(address(case, rank=1), TYPED | same)
    assertContains(browser.get(f"/bureau/dossiers/{case.reference}/"), "Ligne annulée")


def test_nobody_validates_alone_nor_twice(browser: SignedIn, cast: Cast, case: Case, at: datetime) -> None:
    a_line(cast, case, at)
    door = address(case, rank=1, page="validation/")
    assertContains(browser.as_staff(cast.nadia).get(door), "Une autre personne valide")
    assertContains(browser.post(door, {"version": "1"}), "une autre personne la valide")
    assert browser.as_staff(cast.claire).post(door, {"version": "1", "back": "liste"}).url == LIST
    assertContains(
        browser.as_staff(cast.amine).post(door, {"version": "1"}), "déjà validée par Claire Vasseur"
    )
    assert browser.get(door).status_code == 302
    assert browser.as_staff(cast.remi).post(door, {"version": "1"}).status_code == 404


def test_the_list_is_of_this_caf_alone(browser: SignedIn, cast: Cast, case: Case, at: datetime) -> None:
    a_line(cast, case, at)
    assertContains(browser.as_staff(cast.claire).get(LIST), case.reference)
    assertContains(browser.as_staff(cast.nadia).get(LIST), "par une autre personne que vous")
    tarn = browser.as_staff(cast.remi).get(LIST)
    assertNotContains(tarn, case.reference)
    assertContains(tarn, "Tout est validé")


@pytest.mark.parametrize("lines", [1, 12])
def test_the_list_costs_the_same_whatever_it_holds(
    browser: SignedIn, cast: Cast, case: Case, at: datetime, lines: int, django_assert_num_queries: Any
) -> None:
    for _ in range(lines):
        a_line(cast, case, at)
    closed(cast, case, at + timedelta(days=3))
    browser.as_staff(cast.claire).get(LIST)
    with django_assert_num_queries(9):
        browser.get(f"{LIST}?annee=2026")


def closed(cast: Cast, case: Case, at: datetime) -> None:
    with in_paris(cast):
        actions.answer(
            case=case, outcome=Outcome.REVISED, cause="OTHER", grounds=["OTHER"], by=cast.claire, at=at
        )


def test_a_year_is_summed_by_who_closed(
    browser: SignedIn, cast: Cast, case: Case, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mediane.kit.clock.now", lambda: at + timedelta(days=100))
    for kind, after in ((Effect.BACK_PAYMENT, "930.40"), (Effect.DEDUCTION_GIVEN_BACK, "50")):
        line = a_line(cast, case, at, kind=kind, after=after)
        with in_paris(cast):
            actions.validate_effect(effect=line, by=cast.amine, at=at)
    a_line(cast, case, at, after="7777.77")
    closed(cast, case, at + timedelta(days=3))
    shown = browser.as_staff(cast.claire).get(f"{LIST}?annee=2026")
    whole = f'<td class="m-number" data-label="Rappels de droits">{euros(Decimal("930.40"))}</td>'
    assertContains(shown, '<th scope="row">Claire Vasseur</th>' + whole)
    assertContains(shown, '<th scope="row">Toute la Caf</th>' + whole)
    assertContains(shown, euros(Decimal(50)), count=2)
    assertContains(shown, "1\u00a0ligne de ces dossiers attend encore d’être validée")
    assertContains(browser.get(LIST), "Aucun montant validé dans les dossiers clos en 2027.")
    for odd in ("abc", "1999", "99999", "²⁰²⁶"):
        assertContains(browser.get(f"{LIST}?annee={odd}"), "Dossiers clos en 2027")


def test_a_validated_line_counts_until_its_correction_does(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    with in_paris(cast):
        first = actions.record_effect(case=case, change=a_change(), by=cast.nadia, at=at)
        actions.validate_effect(effect=first, by=cast.claire, at=at)
        other = actions.correct_effect(effect=first, change=a_change(after="903.40"), by=cast.nadia, at=at)
    page = f"/bureau/dossiers/{case.reference}/"
    browser.as_staff(cast.claire)
    assertContains(browser.get(page), "Compte jusqu’à la validation de la ligne 2.")
    with in_paris(cast):
        actions.validate_effect(effect=other, by=cast.claire, at=at)
    shown = browser.get(page)
    assertContains(shown, "Corrigée par la ligne 2.")
    assertContains(shown, f"<dd>{euros(Decimal('903.40'))}</dd>")
