"""Alerts: the list, one of them month by month, and its cases for whoever works on them."""

from datetime import date, datetime, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from mediane.casework import actions as casework
from mediane.casework.states import Outcome
from mediane.kit import rowsecurity
from mediane.statistics import actions
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.statistics.test_signals import a_past
from tests.stories import a_case, a_studied_case

LIST = "/pilotage/alertes/"
GROUND = f"{LIST}ground/NON_PAYMENT/APL/"


@pytest.fixture
def risen(cast: Cast) -> None:
    a_past(cast.paris, lately=9)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.watch(caf=cast.paris, today=date(2026, 11, 9))


def test_nothing_to_say_is_said(browser: SignedIn, cast: Cast) -> None:
    assertContains(browser.as_staff(cast.nadia).get(LIST), "Rien ne revient plus que d’habitude.")


@pytest.mark.usefixtures("risen")
def test_staff_read_since_when_how_much_and_which_cases(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at - timedelta(days=30), benefits=["APL"], grounds=["NON_PAYMENT"])
    shown = browser.as_staff(cast.claire).get(LIST)
    assertContains(shown, "2\u00a0motifs reviennent plus que d’habitude.")
    assertContains(shown, "août 2026")
    assertContains(shown, f'href="{GROUND}"')
    one = browser.get(GROUND)
    assertContains(one, "Octobre 2026")
    assertContains(one, 'role="img" aria-label="Saisines reçues chaque mois', 2)
    assert "Août 25" not in one.content.decode(), "twelve months are drawn: none has the name of another"
    assertContains(one, "Les dossiers")
    assertContains(one, case.reference)
    assertContains(one, "Reçu le")
    assertContains(one, "?mesure=ground%3ANON_PAYMENT&amp;prestation=APL")
    finding = browser.get("/bureau/constats/nouveau/?mesure=ground%3ANON_PAYMENT&prestation=APL")
    assertContains(finding, '<option value="ground:NON_PAYMENT" selected>')
    assertNotContains(SignedIn().as_staff(cast.nadia).get(GROUND), "Ouvrir un constat")


@pytest.mark.usefixtures("risen")
def test_cases_counted_when_they_close_have_the_day_they_closed(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    earlier = at - timedelta(days=10)
    case = a_studied_case(cast.samira, cast.claire, earlier)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.admit(case=case, notified_on=earlier.date(), by=cast.claire, at=earlier)
        casework.answer(
            case=case,
            outcome=Outcome.UPHELD,
            cause="OTHER",
            grounds=["NON_PAYMENT"],
            by=cast.claire,
            at=earlier,
        )
    one = browser.as_staff(cast.claire).get(f"{LIST}cause/OTHER/APL/")
    assertContains(one, "Clos le")
    assertNotContains(one, "Reçu le")
    assertContains(one, case.reference)


@pytest.mark.usefixtures("risen")
def test_the_head_reads_numbers_and_no_case(browser: SignedIn, cast: Cast) -> None:
    shown = browser.as_staff(cast.agnes).get(GROUND)
    assertContains(shown, "Octobre 2026")
    assertNotContains(shown, "Les dossiers")
    assertNotContains(shown, "/bureau/dossiers/")


@pytest.mark.usefixtures("risen")
def test_the_national_mediation_reads_every_caf_and_no_more(browser: SignedIn, cast: Cast) -> None:
    shown = browser.as_staff(cast.helene).get(LIST)
    assertContains(shown, cast.paris.name)
    assertNotContains(shown, GROUND)
    assert browser.get(GROUND).status_code == 404


@pytest.mark.usefixtures("risen")
def test_another_caf_sees_none_of_it(browser: SignedIn, cast: Cast) -> None:
    assertContains(browser.as_staff(cast.remi).get(LIST), "Rien ne revient plus que d’habitude.")
    assert browser.get(GROUND).status_code == 404
    assert browser.get(f"{LIST}x/NON_PAYMENT/APL/").status_code == 404
