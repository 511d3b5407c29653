"""Closed cases that resemble one, on the page; the summary that the other Cafs read."""

from datetime import datetime, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from mediane.casework.models import Case
from mediane.kit import rowsecurity
from mediane.precedents import actions
from mediane.precedents.models import Precedent
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.precedents.stories import SUMMARY, an_answered_case
from tests.stories import a_studied_case

BEFORE = timedelta(days=20)


@pytest.fixture
def near(cast: Cast, at: datetime) -> Case:
    return an_answered_case(cast.lucette, cast.claire, at - BEFORE)


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


def page_of(case: Case, more: str = "") -> str:
    return f"/bureau/dossiers/{case.reference}/semblables/{more}"


def test_the_case_leads_to_what_resembles_it_and_says_why(
    browser: SignedIn, cast: Cast, case: Case, near: Case
) -> None:
    assertContains(browser.as_staff(cast.nadia).get(f"/bureau/dossiers/{case.reference}/"), page_of(case))
    shown = browser.get(page_of(case))
    assertContains(shown, "1\u00a0dossier clos ressemble à celui-ci")
    assertContains(shown, near.reference)
    assertContains(shown, "Même prestation\u00a0: APL")
    assertContains(shown, "Close, décision révisée")
    assertNotContains(shown, "Partager un résumé", msg_prefix="the case is not answered")


def test_nothing_alike_says_what_will_come(browser: SignedIn, cast: Cast, case: Case) -> None:
    shown = browser.as_staff(cast.nadia).get(page_of(case))
    assertContains(shown, "Aucun dossier clos ne ressemble à celui-ci")
    assertContains(shown, "Aucun résumé proche")


def test_a_foreign_case_is_unknown(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.remi)
    for more in ("", "partager/", "retirer/"):
        assert browser.get(page_of(case, more)).status_code == 404


def test_a_mediator_shares_a_summary_and_another_caf_reads_it(
    browser: SignedIn, cast: Cast, near: Case, at: datetime
) -> None:
    page = page_of(near, "partager/")
    browser.as_staff(cast.claire).get(page)
    refused = browser.post(page, {"words": f"{SUMMARY} Mme Morvan est soulagée.", "has_reread": "on"})
    assertContains(refused, "Ce résumé peut dire de qui il s’agit")
    assertContains(refused, "Mme Morvan est soulagée.", msg_prefix="nothing typed is lost")
    assertContains(browser.post(page, {"words": SUMMARY}), "Relisez le résumé")
    assert browser.post(page, {"words": SUMMARY, "has_reread": "on"})["Location"] == page_of(near)
    theirs = a_studied_case(cast.awa, cast.remi, at)
    read = SignedIn().as_staff(cast.remi).get(page_of(theirs))
    assertContains(read, SUMMARY)
    assertContains(read, "Une autre Caf, 2026")
    assertNotContains(read, near.reference)
    assertNotContains(read, "Claire Vasseur")


def test_an_officer_reads_and_takes_back_but_does_not_share(
    browser: SignedIn, cast: Cast, near: Case, at: datetime
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        released = actions.release(case=near, words=SUMMARY, by=cast.claire, at=at)
    assertContains(browser.as_staff(cast.nadia).get(page_of(near)), "Partagé par Claire Vasseur")
    assert browser.get(page_of(near, "partager/")).status_code == 403
    page = page_of(near, "retirer/")
    assertContains(browser.get(page), str(released.public_id))
    assertContains(browser.post(page, {"public_id": released.public_id}), "Dites pourquoi vous le retirez")
    taken = browser.post(page, {"public_id": released.public_id, "because": "Trop précis."})
    assert taken["Location"] == page_of(near)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not Precedent.objects.exists()
    assertContains(browser.get(page), "Aucun résumé n’est partagé")
    again = SignedIn().as_staff(cast.claire).get(page_of(near, "partager/"))
    assertContains(again, "Trop précis.")
