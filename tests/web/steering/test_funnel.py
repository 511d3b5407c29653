import re
from datetime import date, timedelta

import pytest

from mediane.eligibility.actions import keep
from mediane.eligibility.models import AnonymousAttempt, EligibilityPolicy
from mediane.eligibility.rules import Answers, Obstacle, Subject, Verdict
from mediane.kit import clock, rowsecurity
from mediane.organisations.models import Organisation
from mediane.organisations.queries import all_cafs
from mediane.web.steering import words
from tests.cast import Cast
from tests.conftest import SignedIn

URL = "/pilotage/tests/"
REFUSED = Answers(about_caf=False)
CLEAR = Answers(
    about_caf=True,
    subject=Subject.INDIVIDUAL_BENEFIT,
    has_complained=True,
    complained_on=date(2026, 6, 30),
    was_answered=True,
    cra_pending=False,
    before_a_court=False,
    already_asked=False,
    is_urgent=False,
)
SAID = "Votre désaccord concerne un autre organisme."
OBSTACLE = words.OBSTACLES[Obstacle.NOT_CAF]


def runs_of(people, number: int) -> None:
    for person in people:
        for rank in reversed(range(number)):
            at = clock.now() - timedelta(days=9 * rank)
            with rowsecurity.working_for(rowsecurity.person(person.pk)):
                keep(
                    answers=REFUSED,
                    of=person,
                    told=SAID,
                    by=person.as_actor(),
                    at=at,
                    run_began_at=at,
                )


def a_test_in(caf: Organisation) -> None:
    with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
        AnonymousAttempt.objects.create(
            organisation=caf,
            policy=EligibilityPolicy.objects.get(version=1),
            month=clock.today().replace(day=1),
            profile={},
            verdict=Verdict.OPEN,
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
    assert SAID in said
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


def lines(said: str, caption: str) -> dict[str, list[str]]:
    """One table, as it reads: the numbers of each line by its name."""
    table = said[said.index(f'aria-label="{caption}') :].split("</table>", 1)[0]
    found = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table)
    read = [(name, re.findall(r'<td class="m-number"[^>]*>(.*?)</td>', cells)) for name, cells in found]
    return {re.sub("<.*?>", "", name): cells for name, cells in read}


@pytest.fixture
def two_cafs_two_versions(cast: Cast) -> None:
    """Awa was stopped twice under the first rules, and came back the day the second ones began."""
    with rowsecurity.working_for(cast.cnaf.context()):
        EligibilityPolicy.objects.create(
            version=2,
            effective_from=clock.today(),
            waiting_months=2,
            early_filing_allowed=True,
            cra_pending_blocks=False,
            source="Décision",
        )
    now = clock.now()
    for person, answers, days in (
        (cast.awa, REFUSED, 200),
        (cast.awa, REFUSED, 40),
        (cast.awa, CLEAR, 0),
        (cast.samira, REFUSED, 0),
    ):
        at = now - timedelta(days=days)
        with rowsecurity.working_for(rowsecurity.person(person.pk)):
            told = SAID if answers == REFUSED else ""
            keep(answers=answers, of=person, told=told, by=person.as_actor(), at=at, run_began_at=at)


@pytest.mark.parametrize(
    ("query", "tests"),
    [
        ("", "4\u00a0tests"),
        ("?mois=3", "3\u00a0tests"),
        ("?caf=82", "3\u00a0tests"),
        ("?version=1", "2\u00a0tests"),
        ("?caf=82&version=1", "2\u00a0tests"),
        ("?caf=82&version=1&mois=3", "1\u00a0test"),
        ("?caf=75&version=2&mois=3", "1\u00a0test"),
        ("?caf=75&version=1", "Aucun test depuis"),
    ],
)
def test_period_caf_and_version_narrow_together_down_to_one_test(
    browser, cast: Cast, two_cafs_two_versions: None, query: str, tests: str
) -> None:
    assert re.search(rf"{tests}\b", page(browser.as_staff(cast.helene), query))


def test_the_national_mediation_reads_obstacles_words_and_returns_of_one_caf(
    browser, cast: Cast, two_cafs_two_versions: None
) -> None:
    national = browser.as_staff(cast.helene)
    awa, samira = page(national, "?caf=82"), page(national, "?caf=75")
    assert lines(awa, "Obstacles")[OBSTACLE] == ["2", "1", "200\u00a0jours"]
    assert lines(samira, "Obstacles")[OBSTACLE] == ["1", "0", "–"]
    assert SAID in awa
    assert lines(awa, "Personnes arrêtées")["Plus tard"] == ["1"]
    assert "Personne n’est encore revenu" in samira
    assert [row[0] for name, row in lines(awa, "Tests passés").items()] == ["1", "2"]


def test_who_comes_back_under_new_rules_shows_what_had_stopped_them_under_the_old(
    browser, cast: Cast, two_cafs_two_versions: None
) -> None:
    said = page(browser.as_staff(cast.helene), "?caf=82&version=2")
    assert lines(said, "Obstacles") == {OBSTACLE: ["0", "1", "200\u00a0jours"]}
    assert "Rien n’a été noté" not in said


def test_a_caf_is_opened_with_the_period_and_the_version_chosen(
    browser, cast: Cast, two_cafs_two_versions: None
) -> None:
    said = page(browser.as_staff(cast.helene), "?version=2&mois=3")
    assert f'href="{URL}?caf=82&amp;mois=3&amp;version=2"' in said
    there = lines(said, "Tests de chaque Caf")
    assert there["82 Caf de Tarn-et-Garonne"] == ["1", "1", "0", "0", "1"]


def test_many_cafs_are_folded_by_region_or_one_list(browser, cast: Cast) -> None:
    cafs = [caf for caf in all_cafs() if caf.region in ("Occitanie", "Île-de-France")]
    for caf in cafs:
        a_test_in(caf)
    national = browser.as_staff(cast.helene)
    folded, listed = page(national), page(national, "?caf=liste")
    assert re.findall(r'class="m-region__name">(.*?)</span>', folded) == ["Île-de-France", "Occitanie"]
    assert lines(folded, "Tests de chaque Caf, Occitanie")["82 Caf de Tarn-et-Garonne"][0] == "1"
    assert len(lines(folded, "Tests de chaque Caf, Occitanie")) == 13
    assert "m-region" not in listed
    assert len(lines(listed, "Tests de chaque Caf")) == len(cafs)


@pytest.mark.parametrize("query", ["?mois=0", "?mois=x&caf=zz&version=99", "?version=%00", "?caf=' OR 1=1"])
def test_an_odd_address_shows_the_usual_page(browser, cast: Cast, query: str) -> None:
    answer = browser.as_staff(cast.helene).get(URL + query)
    assert answer.status_code == (400 if "%00" in query else 200)


@pytest.mark.parametrize("number", [1, 20])
@pytest.mark.parametrize(
    ("who", "query", "statements"),
    [("claire", "", 8), ("helene", "", 9), ("helene", "?caf=82&version=1&mois=3", 9)],
)
def test_it_asks_as_much_for_one_test_as_for_twenty(
    browser, cast: Cast, number: int, who: str, query: str, statements: int, django_assert_num_queries
) -> None:
    runs_of([cast.samira, cast.awa], number)
    visitor = browser.as_staff(getattr(cast, who))
    visitor.get(URL)
    with django_assert_num_queries(statements):
        visitor.get(URL + query)
