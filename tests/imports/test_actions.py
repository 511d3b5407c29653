"""Earlier years are taken whole or not at all, once, and can be taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from mediane.imports import actions, queries
from mediane.imports.models import Import, PastCase, PastTotal
from mediane.imports.rules import CASES_MODEL, TOTALS_MODEL
from mediane.imports.states import State
from mediane.journal.models import Entry
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity, spreadsheet
from tests.cast import Cast

CASES, TOTALS = spreadsheet.as_csv(CASES_MODEL), spreadsheet.as_csv(TOTALS_MODEL)
WRONG = "Référence;Reçue le;Canal\n1;14/01/2021;Courrier\n2;demain;Courrier\n".encode()


@pytest.fixture(autouse=True)
def _paris(request: pytest.FixtureRequest, cast: Cast):
    if "committed" in request.fixturenames:
        yield
        return
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield


def a_reading(by: Actor, at: datetime, data: bytes = CASES) -> Import:
    return actions.read_file(name="saisines 2021.csv", data=data, by=by, at=at)


def test_nothing_is_written_before_it_is_confirmed(cast: Cast, at: datetime) -> None:
    read = a_reading(cast.claire, at)
    assert (read.lines, read.state, PastCase.objects.count()) == (2, State.READ, 0)
    actions.take(read=read, by=cast.claire, at=at)
    assert set(PastCase.objects.values_list("reference", flat=True)) == {"2021-0042", "2021-0043"}
    assert list(Entry.objects.filter(subject_kind="import").values_list("verb", flat=True)) == [
        "read_import",
        "take_import",
    ]


def test_the_same_file_twice_imports_once(cast: Cast, at: datetime) -> None:
    read = a_reading(cast.claire, at)
    actions.take(read=read, by=cast.claire, at=at)
    actions.take(read=read, by=cast.claire, at=at)
    again = a_reading(cast.claire, at + timedelta(days=1))
    assert (again.pk, again.state) == (read.pk, State.TAKEN)
    assert PastCase.objects.count() == 2


def test_one_wrong_line_and_nothing_is_taken(cast: Cast, at: datetime) -> None:
    read = a_reading(cast.claire, at, WRONG)
    assert [fault[:2] for fault in read.faults] == [[3, "Reçue le"]]
    with pytest.raises(actions.NotTaken):
        actions.take(read=read, by=cast.claire, at=at)
    assert PastCase.objects.count() == 0


def test_a_line_that_another_file_brought_says_which(cast: Cast, at: datetime) -> None:
    actions.take(read=a_reading(cast.claire, at), by=cast.claire, at=at)
    actions.take(read=a_reading(cast.claire, at, TOTALS), by=cast.claire, at=at)
    other = spreadsheet.as_csv([CASES_MODEL[0][:3], CASES_MODEL[1][:3]])
    assert [fault[2] for fault in a_reading(cast.claire, at, other).faults] == [
        "Déjà reprise du fichier «\u00a0saisines 2021.csv\u00a0»."
    ]
    totals = spreadsheet.as_csv([TOTALS_MODEL[0], TOTALS_MODEL[3]])
    assert [fault[0] for fault in a_reading(cast.claire, at, totals).faults] == [2]


def test_two_readings_of_the_same_cases_are_not_both_taken(cast: Cast, at: datetime) -> None:
    first = a_reading(cast.claire, at)
    second = a_reading(cast.claire, at, spreadsheet.as_csv([*CASES_MODEL, ["3", "16/01/2021", "Courrier"]]))
    actions.take(read=first, by=cast.claire, at=at)
    with pytest.raises(actions.NotTaken, match="vient d’être reprise"):
        actions.take(read=second, by=cast.claire, at=at)
    assert PastCase.objects.count() == 2


def test_what_was_taken_is_taken_back_whole_and_may_be_given_again(cast: Cast, at: datetime) -> None:
    read = a_reading(cast.claire, at, TOTALS)
    actions.take(read=read, by=cast.claire, at=at)
    actions.undo(taken=read, by=cast.claire, at=at)
    assert PastTotal.objects.count() == 0
    with pytest.raises(actions.NotTaken, match="a déjà annulé"):
        actions.undo(taken=read, by=cast.claire, at=at)
    assert a_reading(cast.claire, at, TOTALS).pk != read.pk


def test_a_reading_is_forgotten_and_a_taken_file_is_not(cast: Cast, at: datetime) -> None:
    read = a_reading(cast.claire, at)
    actions.discard(read=read, by=cast.claire, at=at)
    assert not Import.objects.exists()
    taken = a_reading(cast.claire, at)
    actions.take(read=taken, by=cast.claire, at=at)
    with pytest.raises(actions.NotTaken):
        actions.discard(read=taken, by=cast.claire, at=at)


def test_figures_are_the_mediators(cast: Cast, at: datetime) -> None:
    with pytest.raises(PermissionDenied):
        a_reading(cast.nadia, at)


def test_each_year_says_what_is_known_of_it(cast: Cast, at: datetime) -> None:
    for data in (CASES, TOTALS):
        actions.take(read=a_reading(cast.claire, at, data), by=cast.claire, at=at)
    assert queries.years_of(cast.paris.pk) == [
        {"year": 2021, "cases": 2, "out_of_scope": 1, "answered": 1, "total": None},
        {"year": 2019, "cases": 0, "out_of_scope": 0, "answered": 0, "total": 1287},
    ]


def test_of_two_who_confirm_at_once_one_writes(committed: str, cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        number = a_reading(cast.claire, at).pk

    def confirm(_: int) -> None:
        try:
            with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
                actions.take(read=Import.objects.get(pk=number), by=cast.claire, at=at)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as two:
        list(two.map(confirm, range(2)))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert PastCase.objects.count() == 2
        assert Entry.objects.filter(verb="take_import").count() == 1


def test_of_two_who_give_the_same_file_at_once_both_see_one_reading(
    committed: str, cast: Cast, at: datetime
) -> None:
    def give(_: int) -> int:
        try:
            with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
                return a_reading(cast.claire, at).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as four:
        assert len(set(four.map(give, range(4)))) == 1


def test_a_reading_abandoned_meanwhile_is_said_so(cast: Cast, at: datetime) -> None:
    read = a_reading(cast.claire, at)
    same = Import.objects.get(pk=read.pk)
    actions.discard(read=read, by=cast.claire, at=at)
    with pytest.raises(actions.NotTaken, match="abandonnée"):
        actions.take(read=same, by=cast.claire, at=at)


def test_what_another_file_stood_in_the_way_of_is_read_again_once_it_is_undone(
    cast: Cast, at: datetime
) -> None:
    first = a_reading(cast.claire, at)
    actions.take(read=first, by=cast.claire, at=at)
    other = spreadsheet.as_csv([row[:3] for row in CASES_MODEL])
    assert a_reading(cast.claire, at, other).faults
    actions.undo(taken=first, by=cast.claire, at=at)
    assert not a_reading(cast.claire, at, other).faults
