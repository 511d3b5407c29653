"""Workbooks given out: read back as they were, and nothing in them is run."""

import io
import zipfile
from decimal import Decimal

from mediane.kit.sheets import as_xlsx
from mediane.kit.spreadsheet import read

ROWS = [["Mois", "Saisines", "Part"], ["=1+1", 12, Decimal("45.12")], ["@SUM(A1)", 0, None]]


def test_numbers_stay_numbers_and_words_stay_words() -> None:
    assert read(as_xlsx(ROWS), most=10) == [
        ["Mois", "Saisines", "Part"],
        ["=1+1", 12.0, 45.12],
        ["@SUM(A1)", 0.0, ""],
    ]


def test_no_cell_is_a_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(as_xlsx(ROWS, told=[("Lieu", "=A1")]))) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/" in name]
    assert len(sheets) == 2
    assert not any("<f>" in sheet for sheet in sheets)


def test_the_same_cells_give_the_same_file() -> None:
    assert as_xlsx(ROWS) == as_xlsx(ROWS)
