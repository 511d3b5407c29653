"""Workbooks of many lines, written as they come: their size costs disk and time, not memory."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from mediane.kit.sheets import INERT

Cell = str | int | Decimal | date
DAY = "dd/mm/yyyy"
WIDTH = 22


def write(
    path: Path,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    told: Sequence[tuple[str, str]],
    foot: str,
) -> None:
    """One sheet of lines, one that says what it is; `foot` is printed under every page.

    What is written on the way stands beside `path`: its folder is the caller’s to remove.
    """
    options = INERT | {"in_memory": False, "constant_memory": True, "tmpdir": str(path.parent)}
    with xlsxwriter.Workbook(str(path), options) as book:
        strong, day = book.add_format({"bold": True}), book.add_format({"num_format": DAY})
        about = book.add_worksheet("À propos")
        about.set_column(0, 0, WIDTH)
        about.set_column(1, 1, 4 * WIDTH)
        for rank, (name, words) in enumerate(told):
            about.write_string(rank, 0, name, strong)
            about.write_string(rank, 1, words)
        sheet = book.add_worksheet("Données")
        sheet.activate()
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(heads) - 1, WIDTH)
        # An ampersand would begin an order of the header.
        sheet.set_footer(f"&L{foot.replace('&', '&&')[:200]}&R&P/&N")
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, strong)
        for rank, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, (rank, column), cell, day)


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    place: tuple[int, int],
    cell: Cell,
    day: xlsxwriter.format.Format,
) -> None:
    if cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(*place, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(*place, cell, day)
    else:
        sheet.write_number(*place, cell)
