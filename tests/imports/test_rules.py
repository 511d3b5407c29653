from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.imports.rules import CASES_MODEL, TOTALS_MODEL, Fault, identity, read_sheet
from mediane.imports.states import Kind

TODAY = date(2026, 11, 9)
LISTS = {
    "channel": {"courrier": "MAIL", "telephone": "PHONE"},
    "origin": {"allocataire": "BENEFICIARY"},
    "benefit": {"rsa": "RSA", "prime d activite": "PPA"},
    "ground": {"trop percu incompris": "OVERPAYMENT_NOT_UNDERSTOOD"},
    "cause": {"erreur de liquidation": "ASSESSMENT_ERROR"},
    "outcome": {"revisee": "revised"},
}
HEADS = ["Référence", "Reçue le", "Canal"]


def faults(*lines: list) -> list[Fault]:
    return read_sheet([HEADS, *lines], LISTS, today=TODAY).faults


def test_the_model_of_cases_reads_as_it_is() -> None:
    sheet = read_sheet(CASES_MODEL, LISTS, today=TODAY)
    assert (sheet.kind, sheet.faults, sheet.left_out) == (Kind.CASES, [], [])
    assert sheet.rows[0] == {
        "line": 2,
        "reference": "2021-0042",
        "received_on": "2021-01-14",
        "channel": "MAIL",
        "origin": "BENEFICIARY",
        "benefits": ["RSA"],
        "ground": "OVERPAYMENT_NOT_UNDERSTOOD",
        "is_out_of_scope": False,
        "answered_on": "2021-02-22",
        "cause": "ASSESSMENT_ERROR",
        "outcome": "revised",
    }


def test_the_model_of_totals_reads_as_it_is() -> None:
    sheet = read_sheet(TOTALS_MODEL, LISTS, today=TODAY)
    assert (sheet.kind, sheet.faults) == (Kind.TOTALS, [])
    assert [(row["measure"], row["code"], row["number"]) for row in sheet.rows] == [
        ("received", "", 1287),
        ("out_of_scope", "", 431),
        ("channel", "MAIL", 618),
    ]


def test_a_name_is_left_out_and_never_kept() -> None:
    sheet = read_sheet([["Nom", *HEADS], ["Belkacem", "1", "14/01/2021", "Courrier"]], LISTS, today=TODAY)
    assert sheet.left_out == ["Nom"]
    assert "Belkacem" not in str(sheet.rows)


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        (["1", "31/02/2021", "Courrier"], "Reçue le", "n’est pas une date"),
        (["1", "14/01/2021", "Pigeon"], "Canal", "n’est pas dans la liste"),
        (["", "14/01/2021", "Courrier"], "Référence", "Cette case est vide"),
        (["1", "14/01/1921", "Courrier"], "Reçue le", "n’est pas entre 2000"),
        (["1", "10/11/2026", "Courrier"], "Reçue le", "n’est pas entre 2000"),
        (["1" * 41, "14/01/2021", "Courrier"], "Référence", "40 caractères"),
    ],
)
def test_each_fault_says_its_line_its_column_and_what_to_do(line: list, column: str, words: str) -> None:
    [fault] = faults(["0", "14/01/2021", "Courrier"], line)
    assert (fault.line, fault.column) == (3, column)
    assert words in fault.sentence


def test_everything_wrong_is_said_at_once_in_the_order_of_the_file() -> None:
    told = faults(["1", "x", "y"], [], ["1", "14/01/2021", "Courrier"], ["1", "14/01/2021", "Courrier"])
    assert [(fault.line, fault.column) for fault in told] == [(2, "Reçue le"), (2, "Canal"), (5, "Référence")]


def test_a_missing_column_is_named() -> None:
    sheet = read_sheet([["Référence", "Canal"], ["1", "Courrier"]], LISTS, today=TODAY)
    assert sheet.faults == [Fault(1, "Reçue le", "Cette colonne manque.")]


def test_dates_and_numbers_of_a_workbook_are_taken_as_they_are() -> None:
    sheet = read_sheet([HEADS, [42.0, date(2021, 1, 14), "téléphone"]], LISTS, today=TODAY)
    assert (sheet.rows[0]["reference"], sheet.rows[0]["received_on"]) == ("42", "2021-01-14")


@given(
    st.lists(st.lists(st.text(max_size=12) | st.floats(allow_nan=False) | st.dates(), max_size=5), min_size=1)
)
def test_whatever_is_given_is_ready_or_explained_and_never_both(cells: list) -> None:
    sheet = read_sheet([HEADS, *cells], LISTS, today=TODAY)
    wrong = {fault.line for fault in sheet.faults}
    ready = {row["line"] for row in sheet.rows} - wrong
    assert wrong | ready == {n for n, row in enumerate(cells, start=2) if any(cell != "" for cell in row)}
    named = [identity(sheet.kind, row) for row in sheet.rows if row["line"] in ready]
    assert len(named) == len(set(named))
