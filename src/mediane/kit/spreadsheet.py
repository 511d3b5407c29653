"""Sheets of somebody else: what they hold becomes cells, and nothing in them is run."""

import codecs
import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from django.conf import settings

from mediane.kit import confined
from mediane.kit.refusal import Refusal
from mediane.kit.workbook import UNREADABLE

Cell = str | float | date
MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # XLSX and ODS; the older XLS
SEPARATORS = ";\t,|"
BOM = codecs.BOM_UTF8
# A number, and nothing to compute.
NEGATIVE = re.compile(r"-[0-9]+(,[0-9]+)?")
OPENING = confined.Limits(seconds=20, memory=1024**3, file=32 * 1024**2)
DAMAGED = "Ce classeur ne s’ouvre pas\u00a0: il est abîmé, ou protégé par un mot de passe."
TOO_HEAVY = (
    "Ce classeur est trop lourd à ouvrir\u00a0: souvent, une cellule est remplie très loin des autres. "
    "Copiez les lignes utiles dans un nouveau classeur, ou enregistrez-le en CSV."
)


class Unreadable(Refusal):
    """What was given is no sheet."""


def read(data: bytes, *, most: int) -> list[list[Cell]]:
    """The rows of a CSV text, or of the first sheet of an XLSX, ODS or XLS workbook.

    Empty rows are kept, so that the number of a row is the one its owner sees; those at the end are not.

    :raises Unreadable: if it is neither, is empty, or has more than `most` rows.
    """
    total, rows = _workbook(data, most) if data.startswith(MARKS) else _csv(data)
    if not total:
        raise Unreadable("Ce fichier est vide.")
    if total > most:
        raise Unreadable(
            f"Ce fichier a {total} lignes, et {most} au plus se lisent à la fois. Partagez-le par année."
        )
    return rows


def _workbook(data: bytes, most: int) -> tuple[int, list[list[Cell]]]:
    """Opened by another process: what it weighs once opened is known only by opening it."""
    with confined.workplace(Path(settings.SCRATCH), "workbook") as folder:
        (folder / "workbook").write_bytes(data)
        command = (sys.executable, "-I", "-m", "mediane.kit.workbook", "workbook", str(most))
        try:
            said = confined.run(command, folder=folder, limits=OPENING)
        except confined.TooLong as long:
            raise Unreadable(TOO_HEAVY) from long
        except confined.Failed as failed:
            raise Unreadable(DAMAGED if failed.code == UNREADABLE else TOO_HEAVY) from failed
    total, rows = json.loads(said, object_hook=lambda cell: date.fromisoformat(cell["date"]))
    return total, rows


def _csv(data: bytes) -> tuple[int, list[list[Cell]]]:
    text = _text(data)
    if "\x00" in text:
        raise Unreadable("Ce fichier n’est ni un CSV, ni un classeur XLSX ou ODS.")
    head = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=head.count)
    try:
        rows: list[list[Cell]] = [
            [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=separator)
        ]
    except csv.Error as broken:
        raise Unreadable(
            "Ce CSV ne se lit pas : une valeur est trop longue, ou un guillemet manque."
        ) from broken
    while rows and not any(cell != "" for cell in rows[-1]):
        rows.pop()
    return len(rows), rows


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
    if NEGATIVE.fullmatch(cell):
        return cell
    return f"'{cell}" if cell.lstrip().startswith(("=", "+", "-", "@")) else cell
