"""Sheets given out as workbooks: words stay words, numbers stay numbers, and nothing in them is run."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

import xlsxwriter

Cell = str | int | Decimal | None
INERT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# Of every workbook, so that the same cells give the same file.
MADE = datetime(2000, 1, 1, tzinfo=UTC)
WIDEST = 60


def as_xlsx(rows: Sequence[Sequence[Cell]], *, told: Sequence[tuple[str, str]] = ()) -> bytes:
    """The first row is the heads; `told`, names and words about it, goes to a second sheet."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, INERT)
    book.set_properties({"created": MADE})
    strong = book.add_format({"bold": True})
    sheet = book.add_worksheet("Données")
    sheet.freeze_panes(1, 0)
    for rank, row in enumerate(rows):
        for column, cell in enumerate(row):
            _write(sheet, (rank, column), cell, strong if rank == 0 else None)
    for column, cells in enumerate(zip(*rows, strict=True)):
        sheet.set_column(column, column, min(max(len(str(cell or "")) for cell in cells) + 2, WIDEST))
    if told:
        about = book.add_worksheet("À propos")
        about.set_column(0, 0, 30)
        about.set_column(1, 1, 110)
        for rank, (name, words) in enumerate(told):
            about.write_string(rank, 0, name, strong)
            about.write_string(rank, 1, words)
    book.close()
    return kept.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    place: tuple[int, int],
    cell: Cell,
    look: xlsxwriter.format.Format | None,
) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(*place, cell, look)
    else:
        sheet.write_number(*place, cell, look)
