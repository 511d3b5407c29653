import re
from datetime import date, timedelta
from html import unescape

import pytest

from mediane.casework.models import AnonymousArrival
from mediane.kit import clock, rowsecurity
from mediane.organisations.models import Organisation
from mediane.organisations.queries import opening_of
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case

URL = "/pilotage/deploiement/"


def received(caf: Organisation, *, online: int, others: int, on: date | None = None) -> None:
    with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
        AnonymousArrival.objects.bulk_create(
            AnonymousArrival(organisation=caf, received_on=on or clock.today(), is_online=place < online)
            for place in range(online + others)
        )


def page(browser: SignedIn, address: str = URL) -> str:
    return browser.get(address).content.decode()


def test_the_board_shows_the_101_cafs_and_which_comes_next(browser, cast: Cast) -> None:
    said = page(browser.as_staff(cast.helene))
    assert "10\u00a0Caf ouvertes sur 101." in said
    assert "91\u00a0Caf attendent une date." in said
    assert said.count('class="m-rollout__code"') == 101


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("?phase=1", 4),
        ("?region=Occitanie", 13),
        ("?etat=ouverte&phase=2", 6),
        ("?phase=9&etat=x", 101),
        ("?region=liste", 101),
    ],
)
def test_it_is_narrowed_by_phase_region_and_opening(browser, cast: Cast, query: str, number: int) -> None:
    said = page(browser.as_staff(cast.helene), URL + query)
    assert said.count('class="m-rollout__code"') == number


def regions(said: str) -> list[str]:
    """What each says before it is open."""
    found = re.findall(r'<details class="m-region"><summary>(.*?)</summary>', said)
    return [unescape(re.sub("<[^>]*>", " ", told)) for told in found]


def test_without_a_choice_the_cafs_are_folded_by_region(browser, cast: Cast) -> None:
    received(cast.tarn, online=3, others=1)
    told = regions(page(browser.as_staff(cast.helene)))
    assert len(told) == 18
    occitanie = next(words for words in told if "Occitanie" in words)
    assert "1\u00a0Caf ouverte sur 13" in occitanie
    assert "75\u00a0%" in occitanie


@pytest.mark.parametrize("query", ["?region=liste", "?region=Occitanie", "?phase=1"])
def test_a_region_the_whole_list_and_a_few_cafs_are_one_table(browser, cast: Cast, query: str) -> None:
    said = page(browser.as_staff(cast.helene), URL + query)
    assert not regions(said)
    assert said.count("<table") == 1


def test_a_choice_that_no_caf_meets_says_so(browser, cast: Cast) -> None:
    assert "Aucune Caf de ce genre" in page(browser.as_staff(cast.helene), f"{URL}?phase=1&etat=sans-date")


def test_requests_are_counted_without_identity_as_they_are_filed(browser, cast: Cast) -> None:
    a_case(cast.samira, clock.now())
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        assert AnonymousArrival.objects.filter(organisation=cast.paris, is_online=True).count() == 1


def line(said: str, caf: Organisation | str) -> list[str]:
    """The numbers of one line: since the opening, then of the last thirty days."""
    name = caf if isinstance(caf, str) else caf.name
    row = said[said.index(name) :].split("</tr>", 1)[0]
    cells = re.findall(r'<td class="m-number[^"]*"[^>]*>([^<]*)</td>', row)
    return [unescape(cell) for cell in cells]


def test_every_number_is_told_with_its_share(browser, cast: Cast) -> None:
    received(cast.paris, online=90, others=30)
    received(cast.tarn, online=3, others=1)
    received(cast.paris, online=7, others=0, on=clock.today() - timedelta(days=200))
    said = page(browser.as_staff(cast.helene), f"{URL}?phase=1")
    assert line(said, cast.paris) == ["97", "30", "90", "30"]
    assert "76\u00a0%" in said
    assert line(said, cast.tarn) == ["3", "1", "3", "1"]
    assert "75\u00a0%" in said[said.index(cast.tarn.name) :].split("</tr>")[0]


def test_the_total_is_of_the_open_cafs_displayed(browser, cast: Cast) -> None:
    received(cast.paris, online=90, others=30)
    received(cast.tarn, online=3, others=1)
    visitor = browser.as_staff(cast.helene)
    assert line(page(visitor), "Ensemble des Caf") == ["93", "31", "93", "31"]
    assert line(page(visitor, f"{URL}?region=Occitanie"), "Ensemble des Caf") == ["3", "1", "3", "1"]
    assert line(page(visitor, f"{URL}?etat=sans-date"), "Ensemble des Caf") == ["0", "0", "0", "0"]


def test_the_page_of_a_caf_tells_its_numbers_once_open(browser, cast: Cast) -> None:
    received(cast.tarn, online=3, others=1)
    visitor = browser.as_staff(cast.helene)
    there = page(visitor, f"{URL}82/")
    assert there.count("75\u00a0%") == 2
    assert "Demandes reçues" not in page(visitor, f"{URL}01/")


def test_what_came_before_the_opening_is_not_counted(browser, cast: Cast) -> None:
    received(cast.paris, online=0, others=40, on=date(2022, 5, 1))
    said = page(browser.as_staff(cast.helene), f"{URL}?phase=1")
    assert ">40<" not in said


@pytest.mark.parametrize("number", [1, 20])
@pytest.mark.parametrize(
    ("address", "statements"), [(URL, 9), (f"{URL}?region=Occitanie", 9), (f"{URL}75/", 9)]
)
def test_it_asks_as_much_for_one_request_as_for_twenty(
    browser, cast: Cast, number: int, address: str, statements: int, django_assert_num_queries
) -> None:
    received(cast.paris, online=number, others=number)
    visitor = browser.as_staff(cast.helene)
    visitor.get(address)
    with django_assert_num_queries(statements):
        visitor.get(address)


def typed(day: date | None, **differs: str) -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year} if day else {}
    dates = {f"online_from_{part}": str(parts.get(part, "")) for part in ("day", "month", "year")}
    return {"rank": "1", "phase": "2", "because": "Compte relié"} | dates | differs


def test_a_day_is_decided_and_kept_with_who_and_why(browser, cast: Cast) -> None:
    visitor, day = browser.as_staff(cast.helene), clock.today() + timedelta(days=20)
    assert visitor.post(f"{URL}01/", typed(day)).status_code == 302
    said = page(visitor, f"{URL}01/")
    assert "Compte relié" in said
    assert "par Hélène Marchetti" in said
    assert "Plan national" in said
    opening = opening_of(Organisation.objects.get(code="01").pk)
    assert (opening.online_from, opening.phase, opening.rank) == (day, 2, 2)


def test_what_is_refused_stays_typed(browser, cast: Cast) -> None:
    visitor = browser.as_staff(cast.helene)
    said = visitor.post(f"{URL}01/", typed(date(2024, 1, 8))).content.decode()
    assert "Choisissez un jour à venir" in said
    assert 'value="2024"' in said
    assert "Compte relié" in said


def test_an_open_caf_has_no_form(browser, cast: Cast) -> None:
    said = page(browser.as_staff(cast.helene), f"{URL}75/")
    assert "La téléprocédure est ouverte" in said
    assert 'name="phase"' not in said


def test_there_is_no_page_for_a_caf_that_does_not_exist(browser, cast: Cast) -> None:
    assert browser.as_staff(cast.helene).get(f"{URL}99/").status_code == 404
