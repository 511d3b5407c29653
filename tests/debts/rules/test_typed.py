from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.debts.rules.overpayment import month_name
from mediane.debts.rules.typed import MOST_ROWS, Row, Unread, read, read_difference, read_month
from mediane.kit.money import euros
from mediane.kit.months import months_later

TODAY = date(2026, 11, 9)
MARCH = date(2024, 3, 1)


@pytest.mark.parametrize(
    "typed",
    [
        *("mars 2024", "Mars 2024", "MARS\u00a02024", "mars-24", "mars 24", "mar. 2024", "03/2024"),
        *("3/2024", "2024-03", "2024-03-01", "01/03/2024", "31/03/2024", "2024/3"),
    ],
)
def test_a_month_is_read_however_it_is_written(typed: str) -> None:
    assert read_month(typed) == MARCH


@pytest.mark.parametrize(
    ("typed", "month"), [("août 2025", 8), ("aout-25", 8), ("févr. 2025", 2), ("déc 25", 12)]
)
def test_accents_and_short_names_are_read(typed: str, month: int) -> None:
    assert read_month(typed) == date(2025, month, 1)


@pytest.mark.parametrize(
    "typed", ["", "2024", "mars", "jui 2024", "ma 2024", "13/2024", "00/2024", "mars 024", "avant", "3.14"]
)
def test_what_is_not_a_month_is_not_guessed(typed: str) -> None:
    with pytest.raises(Unread):
        read_month(typed)


@given(month=st.integers(0, 300).map(lambda rank: months_later(date(2002, 1, 1), rank)))
def test_every_month_is_read_back_from_its_name_and_its_numbers(month: date) -> None:
    for written in (month_name(month), f"{month.month:02}/{month.year}", month.isoformat()[:7]):
        assert read_month(written) == month


def test_a_table_is_read_in_the_order_of_its_months_and_blank_rows_are_nothing() -> None:
    rows = [Row("mars 2026", "614,20", "800", "salaire"), Row(), Row("02/2026", "1 614,20 €", "0")]
    reading = read(rows, today=TODAY)
    assert reading.faults == ()
    assert [(line.month.month, line.difference) for line in reading.table.lines] == [
        (2, Decimal("-1614.20")),
        (3, Decimal("185.80")),
    ]


def test_nothing_typed_is_no_table_and_no_fault() -> None:
    assert read([Row(), Row()], today=TODAY) == read([], today=TODAY)
    assert read([], today=TODAY).table is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row("", "1", "2"), "Ligne\u00a01, mois\u00a0: indiquez le mois."),
        (Row("mars", "1", "2"), "Ligne\u00a01, mois\u00a0: écrivez le mois et l’année"),
        (Row("mars 2026", "", "2"), "Ligne\u00a01, dû\u00a0: indiquez la somme, ou 0."),
        (Row("mars 2026", "1", "12,345"), "Ligne\u00a01, versé\u00a0: écrivez la somme en euros"),
        (Row("mars 2026", "-3", "2"), "sans signe"),
        (Row("mars 2026", "100000", "2"), "vérifiez la virgule"),
        (Row("mars 2027", "1", "2"), "mars\u00a02027 est à venir"),
        (Row("mars 2006", "1", "2"), "trop ancien"),
        (Row("mars 2026", "1", "2", "x" * 161), "Ligne\u00a01, motif\u00a0: 160 caractères"),
        (Row("mars 2026", "100", "120", "", "30,00"), "versé moins dû font 20,00\u00a0€"),
    ],
)
def test_what_is_wrong_is_said_by_row_and_column(row: Row, said: str) -> None:
    reading = read([row], today=TODAY)
    assert reading.table is None
    assert said in str(reading.faults[0])


def test_every_fault_is_said_at_once_in_the_order_of_the_rows() -> None:
    rows = [Row("mars 2026", "x", "y"), Row("avril 2026", "1", "2"), Row("04/2026", "1", "2")]
    told = [str(fault) for fault in read(rows, today=TODAY).faults]
    assert [words.split(",")[0] for words in told] == ["Ligne\u00a01", "Ligne\u00a01", "Ligne\u00a03"]
    assert "avril\u00a02026 est déjà à la ligne\u00a02" in told[-1]


def test_a_table_has_an_end() -> None:
    rows = [Row(month_name(months_later(date(2020, 1, 1), rank)), "1", "2") for rank in range(MOST_ROWS + 1)]
    assert f"{MOST_ROWS} lignes au plus" in str(read(rows, today=TODAY).faults[-1])


@given(cents=st.integers(-(10**8), 10**8))
def test_a_difference_is_read_back_with_its_sign(cents: int) -> None:
    amount = Decimal(cents) / 100
    assert read_difference(euros(amount)) == amount
    assert read_difference(f"{amount:.2f}".replace(".", ",")) == amount


@given(cells=st.lists(st.text(max_size=30), min_size=5, max_size=5))
def test_whatever_is_typed_is_read_or_said(cells: list[str]) -> None:
    reading = read([Row(*cells)], today=TODAY)
    assert (reading.table is None) == bool(reading.faults or Row(*cells).is_blank)
