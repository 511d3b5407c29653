"""Lines of money as the head of a Caf validates them."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from mediane.casework import actions
from mediane.casework.models import Case, FinancialEffect
from mediane.casework.states import Effect
from mediane.kit import rowsecurity
from tests.casework.actions.test_effects import a_change
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_studied_case

LIST = "/pilotage/montants/"


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.nadia, at)


def a_line(cast: Cast, case: Case, at: datetime) -> FinancialEffect:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return actions.record_effect(case=case, change=a_change(), by=cast.claire, at=at)


def test_the_head_validates_a_line_and_sees_no_case(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    line = a_line(cast, case, at)
    shown = browser.as_staff(cast.agnes).get(LIST)
    assertContains(shown, "Claire Vasseur")
    for of_the_case in (case.reference, "Belkacem", line.decision, line.evidence):
        assertNotContains(shown, of_the_case)
    assert browser.post(LIST, {"line": str(line.pk)}).url == LIST
    assertContains(browser.get(LIST), "Tout est validé")
    assertContains(browser.post(LIST, {"line": str(line.pk)}), "déjà validée par Agnès Delattre")
    page = browser.as_staff(cast.nadia).get(f"/bureau/dossiers/{case.reference}/")
    assertContains(page, "Agnès Delattre")


def test_what_tells_the_case_is_not_even_read_for_the_head(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    a_line(cast, case, at)
    browser.as_staff(cast.agnes)
    with CaptureQueriesContext(connection) as read:
        browser.get(LIST)
    lines = [one["sql"] for one in read.captured_queries if "financialeffect" in one["sql"]]
    assert lines
    assert not [one for one in lines if '"evidence"' in one or '"decision"' in one]


def test_a_line_of_elsewhere_is_unknown(browser: SignedIn, cast: Cast, at: datetime) -> None:
    away = a_studied_case(cast.awa, cast.remi, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        line = actions.record_effect(case=away, change=a_change(), by=cast.remi, at=at)
    browser.as_staff(cast.agnes)
    assertContains(browser.get(LIST), "Tout est validé")
    for sent in ({"line": str(line.pk)}, {"line": "abc"}, {}):
        assert browser.post(LIST, sent).status_code == 404


@pytest.mark.parametrize("lines", [1, 12])
def test_the_list_costs_the_same_whatever_it_holds(
    browser: SignedIn, cast: Cast, case: Case, at: datetime, lines: int, django_assert_num_queries: Any
) -> None:
    for _ in range(lines):
        a_line(cast, case, at)
    browser.as_staff(cast.agnes).get(LIST)
    with django_assert_num_queries(8):
        browser.get(LIST)


def test_the_button_spells_the_initials_of_a_line(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    change = a_change(Effect.DEBT_REMITTED, before="980", after="490")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.record_effect(case=case, change=change, by=cast.claire, at=at)
    assertContains(browser.as_staff(cast.agnes).get(LIST), "dette remise par la CRA, ")
