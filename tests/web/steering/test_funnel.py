import re
from datetime import timedelta

import pytest

from mediane.eligibility.actions import keep
from mediane.eligibility.rules import Answers
from mediane.kit import clock, rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn

URL = "/pilotage/tests/"
REFUSED = Answers(about_caf=False)


def runs_of(people, number: int) -> None:
    for person in people:
        for rank in reversed(range(number)):
            at = clock.now() - timedelta(days=31 * (rank % 6), minutes=rank)
            with rowsecurity.working_for(rowsecurity.person(person.pk)):
                keep(
                    answers=REFUSED,
                    of=person,
                    told="Votre désaccord concerne un autre organisme.",
                    by=person.as_actor(),
                    at=at,
                    run_began_at=at,
                )


def page(browser: SignedIn, query: str = "") -> str:
    return browser.get(URL + query).content.decode()


def test_a_caf_without_tests_is_told_so(browser, cast: Cast) -> None:
    assert "Aucun test à compter" in page(browser.as_staff(cast.claire))


def test_the_staff_sees_the_runs_of_its_caf_and_no_choice_of_caf(browser, cast: Cast) -> None:
    runs_of([cast.samira], 2)
    runs_of([cast.awa], 1)
    said = page(browser.as_staff(cast.nadia), "?caf=82")
    assert "2\u00a0tests" in said
    assert "Votre désaccord concerne un autre organisme." in said
    assert "Caf par Caf" not in said
    assert 'name="caf"' not in said


def test_the_national_mediation_sees_every_caf_or_one(browser, cast: Cast) -> None:
    runs_of([cast.samira], 6)
    runs_of([cast.awa], 6)
    national = browser.as_staff(cast.helene)
    everywhere, there = page(national), page(national, "?caf=82")
    assert "12\u00a0tests" in everywhere
    assert "Caf par Caf" in everywhere
    assert "6\u00a0tests" in there
    for secret in ("Belkacem", "Samira", cast.samira.number):
        assert secret not in everywhere


def test_outside_a_caf_small_numbers_are_not_told(browser, cast: Cast) -> None:
    runs_of([cast.samira], 6)
    runs_of([cast.awa], 1)
    there = page(browser.as_staff(cast.helene), "?caf=82")
    assert "moins de cinq tests" in there
    assert "100" not in there
    assert not re.search(r'<td class="m-number">1</td>', there)
    assert re.search(r'<td class="m-number">1</td>', page(SignedIn().as_staff(cast.remi)))


@pytest.mark.parametrize("query", ["?mois=0", "?mois=x&caf=zz&version=99", "?version=%00", "?caf=' OR 1=1"])
def test_an_odd_address_shows_the_usual_page(browser, cast: Cast, query: str) -> None:
    answer = browser.as_staff(cast.helene).get(URL + query)
    assert answer.status_code == (400 if "%00" in query else 200)


@pytest.mark.parametrize("number", [1, 20])
@pytest.mark.parametrize(("who", "statements"), [("claire", 8), ("helene", 9)])
def test_it_asks_as_much_for_one_test_as_for_twenty(
    browser, cast: Cast, number: int, who: str, statements: int, django_assert_num_queries
) -> None:
    runs_of([cast.samira, cast.awa], number)
    visitor = browser.as_staff(getattr(cast, who))
    visitor.get(URL)
    with django_assert_num_queries(statements):
        visitor.get(URL)
