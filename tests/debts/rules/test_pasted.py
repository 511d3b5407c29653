from datetime import date

import pytest

from mediane.debts.rules.pasted import rows_of
from mediane.debts.rules.typed import Row, read

MARCH, APRIL = Row("mars 2024", "614,20", "800", "salaire"), Row("avril 2024", "600", "600")


def test_three_columns_are_the_month_and_two_amounts() -> None:
    assert rows_of([["03/2024", "614,20", "800"]]) == [Row("03/2024", "614,20", "800")]


def test_a_fourth_column_is_a_reason_or_a_difference() -> None:
    assert rows_of([["mars 2024", "614,20", "800", "salaire"]]) == [MARCH]
    (row,) = rows_of([["mars 2024", "614,20", "800", "185,80"]])
    assert row == Row("mars 2024", "614,20", "800")


def test_five_columns_hold_everything_and_the_difference_is_checked() -> None:
    cells = [["mars 2024", "614,20", "800", "200,00", "salaire"], ["avril 2024", "600", "600", "0", ""]]
    assert rows_of(cells) == [Row("mars 2024", "614,20", "800", "salaire", "200,00"), APRIL]


@pytest.mark.parametrize("given", [("185,80 €", "-10"), ("-185,80", "10,00 €"), ("−185,80", "10")])
def test_a_sheet_may_count_the_difference_either_way(given: tuple[str, str]) -> None:
    cells = [["mars 2024", "614,20", "800", given[0], ""], ["avril 2024", "600", "590", given[1], ""]]
    assert [row.given for row in rows_of(cells)] == ["", ""]


def test_columns_are_known_by_their_names_in_any_order() -> None:
    head = ["Motif", "Montant versé", "Mois", "Montant dû", "N°"]
    assert rows_of([head, ["salaire", "800", "mars 2024", "614,20", "12"]]) == [MARCH]


def test_an_unknown_head_and_a_line_of_totals_are_left_out() -> None:
    cells = [["Quand", "A", "B"], ["avril 2024", "600", "600"], ["", "", ""], ["TOTAL", "600", "600"]]
    assert rows_of(cells) == [APRIL]


def test_cells_of_a_workbook_are_dates_and_numbers() -> None:
    assert rows_of([["Mois", "Dû", "Versé"], [date(2024, 3, 1), 614.2, 800.0]]) == [
        Row("mars\u00a02024", "614,2", "800")
    ]
    (row,) = rows_of([[date(2024, 3, 1), 614.205, 800]])
    assert "sans signe" in str(read([row], today=date(2026, 1, 1)).faults[0])


def test_nothing_is_no_row() -> None:
    assert rows_of([]) == rows_of([["", " "]]) == rows_of([["Mois", "Dû", "Versé"]]) == []
