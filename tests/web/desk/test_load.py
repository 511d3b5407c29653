"""Who carries how much: told to the mediator of the service, and to nobody else."""

from datetime import datetime, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from mediane.casework import actions
from mediane.casework.models import Case
from mediane.casework.queries.load import carriers
from mediane.casework.rules.load import Load, whole
from mediane.casework.states import Outcome
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_studied_case

PAGE = "/bureau/service/charge/"
A_YEAR = timedelta(days=365)


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def loads(cast: Cast, until: datetime, since: timedelta = A_YEAR) -> dict[str, Load]:
    with in_paris(cast):
        return {one.name: one.load for one in carriers(cast.paris, since=until - since, until=until)}


@pytest.fixture
def shared_out(cast: Cast, at: datetime) -> Case:
    """Nadia waits for one and answered another, Claire studies one, nobody has the last."""
    waiting = a_studied_case(cast.samira, cast.nadia, at)
    answered = a_studied_case(cast.lucette, cast.nadia, at)
    a_studied_case(cast.samira, cast.claire, at)
    a_case(cast.lucette, at)
    with in_paris(cast):
        due_on = (at + timedelta(days=20)).date()
        actions.ask_documents(case=waiting, labels=["Avis"], due_on=due_on, by=cast.nadia, at=at)
        actions.answer(
            case=answered, outcome=Outcome.UPHELD, cause="OTHER", grounds=["OTHER"], by=cast.claire, at=at
        )
    return waiting


def test_each_person_carries_what_they_follow(cast: Cast, at: datetime, shared_out: Case) -> None:
    found = loads(cast, at)
    assert found["Nadia Pruvost"] == Load(open=1, waiting=1, late=0, closed=1)
    assert found["Claire Vasseur"] == Load(open=1)
    assert found["Amine Djebbari"] == Load()
    assert found[""] == Load(open=1)
    assert whole(found.values()) == Load(open=3, waiting=1, late=0, closed=1)
    assert whole([]) == Load()


def test_what_is_overdue_is_late_and_the_period_bounds_what_is_closed(
    cast: Cast, at: datetime, shared_out: Case
) -> None:
    later = at + timedelta(days=400)
    found = loads(cast, later, since=timedelta(days=90))
    assert found["Nadia Pruvost"] == Load(open=1, waiting=1, late=1, closed=0)


def test_another_service_is_not_counted(cast: Cast, at: datetime, shared_out: Case) -> None:
    a_studied_case(cast.awa, cast.remi, at)
    assert "Rémi Castagné" not in loads(cast, at)
    assert whole(loads(cast, at).values()).open == 3


def test_the_mediator_reads_it_from_the_page_of_the_service(
    browser: SignedIn, cast: Cast, shared_out: Case
) -> None:
    claire = browser.as_staff(cast.claire)
    assertContains(claire.get("/bureau/service/"), f'href="{PAGE}"')
    shown = claire.get(f"{PAGE}?mois=12")
    for words in ("Nadia Pruvost", "À attribuer", "Le service", "En retard"):
        assertContains(shown, words)
    assert claire.get(f"{PAGE}?mois={'9' * 5000}").status_code == 200


def test_nobody_else_reads_it(browser: SignedIn, cast: Cast) -> None:
    for actor in (cast.nadia, cast.agnes, cast.helene):
        assert browser.as_staff(actor).get(PAGE).status_code in (302, 403)
    assertNotContains(browser.as_staff(cast.nadia).get("/bureau/service/"), PAGE)


def test_the_page_costs_the_same_for_one_case_and_for_twenty(
    browser: SignedIn, cast: Cast, at: datetime, django_assert_max_num_queries
) -> None:
    claire = browser.as_staff(cast.claire)
    claire.get(PAGE)
    for _ in range(20):
        a_studied_case(cast.samira, cast.nadia, at)
    with django_assert_max_num_queries(10):
        claire.get(PAGE)
