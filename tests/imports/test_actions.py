"""Earlier years are taken whole or not at all, once, and can be taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from mediane.casework import actions as casework
from mediane.casework.states import Outcome
from mediane.imports import actions, queries
from mediane.imports.models import Import, PastCase, PastTotal
from mediane.imports.rules import CASES_MODEL, TOTALS_MODEL
from mediane.imports.states import State
from mediane.journal.models import Entry
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity, spreadsheet
from tests.cast import Cast
from tests.stories import a_case, a_studied_case

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


RECEIVED = ("demandes reçues", "")


def totals(*rows: tuple[int, tuple[str, str], int]) -> bytes:
    lines = ([str(year), *measure, str(number)] for year, measure, number in rows)
    return spreadsheet.as_csv([TOTALS_MODEL[0], *lines])


def test_a_total_that_the_cases_contradict_is_refused_with_the_difference(cast: Cast, at: datetime) -> None:
    actions.take(read=a_reading(cast.claire, at), by=cast.claire, at=at)
    wrong = a_reading(cast.claire, at, totals((2021, RECEIVED, 1), (2021, ("canal", "Courrier"), 1)))
    assert [(line, column) for line, column, _ in wrong.faults] == [(2, "Nombre")]
    assert wrong.faults[0][2] == "Les dossiers de 2021 disent 2, ce total dit 1\u00a0: 1 de plus."
    right = a_reading(cast.claire, at, totals((2021, RECEIVED, 2), (2021, ("hors médiation", ""), 1)))
    actions.take(read=right, by=cast.claire, at=at)
    assert PastTotal.objects.count() == 2


def test_of_the_first_year_the_total_may_be_more_and_of_the_next_it_is_the_same(
    cast: Cast, at: datetime
) -> None:
    """Cases may begin within a year; the following ones are all there."""
    later = [row.replace("2021", "2022") for row in CASES_MODEL[1]]
    data = spreadsheet.as_csv([CASES_MODEL[0], CASES_MODEL[1], later])
    actions.take(read=a_reading(cast.claire, at, data), by=cast.claire, at=at)
    assert not a_reading(cast.claire, at, totals((2021, RECEIVED, 40))).faults
    [(_, _, said)] = a_reading(cast.claire, at, totals((2022, RECEIVED, 40))).faults
    assert said == "Les dossiers de 2022 disent 1, ce total dit 40\u00a0: 39 de moins."


@pytest.mark.parametrize(
    ("year", "what", "number", "said"),
    [
        (2021, ("prestation", "RSA"), 0, "disent 1, ce total dit 0\u00a0: 1 de plus."),
        (2021, ("motif", "Trop-perçu incompris"), 0, "disent 1, ce total dit 0\u00a0: 1 de plus."),
        (2021, ("prestation", "RSA"), 7, ""),
        (2022, ("cause", "Erreur de liquidation"), 7, "disent 1, ce total dit 7\u00a0: 6 de moins."),
        (2022, ("issue", "Révisée"), 7, "disent 1, ce total dit 7\u00a0: 6 de moins."),
        (2022, ("issue", "Révisée"), 1, ""),
        (2022, ("issue", "Révisée"), 0, ""),
    ],
)
def test_what_is_known_when_a_case_ends_may_be_of_the_year_it_came_or_of_the_year_it_ended(
    cast: Cast, at: datetime, year: int, what: tuple[str, str], number: int, said: str
) -> None:
    """Of 2022, one case came, and ended the next year: sheets count either way."""
    later = ["2022-1", "20/12/2022", *CASES_MODEL[1][2:7], "15/01/2023", *CASES_MODEL[1][8:]]
    data = spreadsheet.as_csv([*CASES_MODEL, later])
    actions.take(read=a_reading(cast.claire, at, data), by=cast.claire, at=at)
    faults = a_reading(cast.claire, at, totals((year, what, number))).faults
    assert [words for _, _, words in faults] == ([f"Les dossiers de {year} {said}"] if said else [])


def test_an_answered_case_of_mediane_contradicts_a_total_of_outcomes(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at)
    casework.admit(case=case, notified_on=at.date(), by=cast.claire, at=at)
    closed = {"outcome": Outcome.REVISED, "cause": "ASSESSMENT_ERROR", "grounds": ["NON_PAYMENT"]}
    casework.answer(case=case, by=cast.claire, at=at, **closed)
    [(_, _, said)] = a_reading(cast.claire, at, totals((2026, ("issue", "Révisée"), 0))).faults
    assert said == "Les dossiers de 2026 disent 1, ce total dit 0\u00a0: 1 de plus."


def test_cases_that_exceed_a_total_taken_before_are_refused(cast: Cast, at: datetime) -> None:
    actions.take(read=a_reading(cast.claire, at, totals((2021, RECEIVED, 1))), by=cast.claire, at=at)
    [(line, column, said)] = a_reading(cast.claire, at).faults
    assert (line, column) == (2, "Reçue le")
    assert said == (
        "Le total repris de 2021 est de 1\u00a0demande reçue\u00a0; "
        "avec ce fichier il y en aurait 2\u00a0: 1 de trop."
    )


def test_a_contradiction_that_came_meanwhile_stops_the_taking(cast: Cast, at: datetime) -> None:
    total = a_reading(cast.claire, at, totals((2021, RECEIVED, 1)))
    actions.take(read=a_reading(cast.claire, at), by=cast.claire, at=at)
    with pytest.raises(actions.NotTaken, match=r"ligne 2\. Les dossiers de 2021 disent 2"):
        actions.take(read=total, by=cast.claire, at=at)
    assert PastTotal.objects.count() == 0


def test_a_case_of_mediane_counts_as_figures_count_it(cast: Cast, at: datetime) -> None:
    a_case(cast.samira, at)
    wrong = a_reading(cast.claire, at, totals((2026, RECEIVED, 0)))
    assert wrong.faults[0][2] == "Les dossiers de 2026 disent 1, ce total dit 0\u00a0: 1 de plus."


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
