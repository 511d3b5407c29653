"""The list of call-backs: what waits, who takes it, and the page of entry it leads to."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mediane.callbacks import actions
from mediane.callbacks.states import Move
from mediane.kit import clock, rowsecurity
from tests.callbacks.asking import asked
from tests.cast import Cast
from tests.conftest import SignedIn

LIST = "/bureau/rappels/"
HOUR = timedelta(hours=1)


@pytest.fixture
def nadia(browser: SignedIn, cast: Cast) -> SignedIn:
    return browser.as_staff(cast.nadia)


def test_an_empty_list_says_what_will_come(nadia: SignedIn) -> None:
    assertContains(nadia.get(LIST), "Personne n’attend d’être rappelé")
    assertContains(nadia.get(f"{LIST}?vue=traites"), "Aucun rappel traité")
    assertContains(nadia.get(f"{LIST}?vue=<x>"), "Personne n’attend")


def test_taken_then_called_it_changes_list_and_says_until_when_it_is_kept(
    nadia: SignedIn, cast: Cast
) -> None:
    key = asked(cast.paris, clock.now() - HOUR, last_name="<Ferrand>")
    shown = nadia.get(LIST)
    assertContains(shown, "Odile &lt;Ferrand&gt;")
    assertContains(shown, "01\u00a099\u00a000\u00a041\u00a027")
    assertRedirects(nadia.post(f"{LIST}{key}/", {"move": "take"}), LIST)
    assertContains(nadia.get(LIST), "Pris par Nadia Pruvost")
    nadia.post(f"{LIST}{key}/", {"move": "call"})
    assertNotContains(nadia.get(LIST), "Ferrand")
    assertContains(nadia.get(f"{LIST}?vue=traites"), "Sera effacé le")


def test_the_second_reads_who_was_first(nadia: SignedIn, cast: Cast) -> None:
    key = asked(cast.paris, clock.now())
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.handle(pk=key, move=Move.TAKE, by=cast.amine, at=clock.now())
    assertContains(nadia.post(f"{LIST}{key}/", {"move": "take"}), "Amine Djebbari a agi avant vous")


def test_another_caf_s_and_an_invented_gesture_are_404(nadia: SignedIn, cast: Cast) -> None:
    key = asked(cast.tarn, clock.now())
    mine = asked(cast.paris, clock.now())
    assert nadia.post(f"{LIST}{key}/", {"move": "take"}).status_code == 404
    assert nadia.post(f"{LIST}{uuid4()}/", {"move": "take"}).status_code == 404
    assert nadia.post(f"{LIST}{mine}/", {"move": "erase"}).status_code == 404
    assert nadia.post(f"{LIST}{mine}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_asks_as_much_for_twenty_as_for_one(
    nadia: SignedIn, cast: Cast, rows: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(rows):
        asked(cast.paris, clock.now())
    nadia.get(LIST)
    with django_assert_max_num_queries(10):
        nadia.get(LIST)


def test_the_page_of_entry_takes_it_over_and_no_name_is_in_its_address(nadia: SignedIn, cast: Cast) -> None:
    key = asked(cast.paris, clock.now(), number="2604418")
    nadia.post(f"{LIST}{key}/", {"move": "take"})
    address = f"/bureau/enregistrer/?rappel={key}"
    assertContains(nadia.get(LIST), address)
    shown = nadia.get(address)
    for value in ("Odile", "Ferrand", "01 99 00 41 27", "2604418"):
        assertContains(shown, f'value="{value}"')
    assert nadia.get(f"/bureau/enregistrer/?rappel={uuid4()}").status_code == 404
    assert nadia.get("/bureau/enregistrer/?rappel=moi").status_code == 404
