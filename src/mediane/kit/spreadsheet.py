"""Sheets of somebody else: what they hold becomes cells, and nothing in them is run."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from mediane.kit.refusal import Refusal

Cell = str | float | date
MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # XLSX and ODS; the older XLS
SEPARATORS = ";\t,|"
BOM = codecs.BOM_UTF8


class Unreadable(Refusal):
    """What was given is no sheet."""


def read(data: bytes, *, most: int) -> list[list[Cell]]:
    """The rows of a CSV text, or of the first sheet of an XLSX, ODS or XLS workbook.

    Empty rows are kept, so that the number of a row is the one its owner sees; those at the end are not.

    :raises Unreadable: if it is neither, is empty, or has more than `most` rows.
    """
    rows = _workbook(data) if data.startswith(MARKS) else _csv(data)
    while rows and not any(cell != "" for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise Unreadable("Ce fichier est vide.")
    if len(rows) > most:
        raise Unreadable(
            f"Ce fichier a {len(rows)} lignes, et {most} au plus se lisent à la fois. Partagez-le par année."
        )
    return rows


def _workbook(data: bytes) -> list[list[Cell]]:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as damaged:
        raise Unreadable(
            "Ce classeur ne s’ouvre pas\u00a0: il est abîmé, ou protégé par un mot de passe."
        ) from damaged
    return [[_cell(value) for value in row] for row in rows]


def _cell(value: int | float | str | bool | time | date | datetime | timedelta) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, time | timedelta):
        return str(value)
    return value.replace("\x00", "").strip() if isinstance(value, str) else value


def _csv(data: bytes) -> list[list[Cell]]:
    text = _text(data)
    if "\x00" in text:
        raise Unreadable("Ce fichier n’est ni un CSV, ni un classeur XLSX ou ODS.")
    head = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=head.count)
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=separator)]
    except csv.Error as broken:
        raise Unreadable(
            "Ce CSV ne se lit pas : une valeur est trop longue, ou un guillemet manque."
        ) from broken


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What spreadsheets write in France unless told otherwise.
        return data.decode("cp1252", errors="replace")


def as_csv(rows: list[list[str]]) -> bytes:
    """For a spreadsheet to open: nothing that it holds can be taken for a formula."""
    return BOM + csv_lines(rows)


def csv_lines(rows: Iterable[Sequence[str]]) -> bytes:
    """The same, of a part of a file: only its first part begins with the mark of order."""
    kept = io.StringIO()
    writer = csv.writer(kept, delimiter=";", lineterminator="\r\n")
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return kept.getvalue().encode()


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.lstrip().startswith(("=", "+", "-", "@")) else cell
