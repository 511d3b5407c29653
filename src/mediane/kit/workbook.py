"""The rows of the first sheet of a workbook.

Run as a program, confined: `python -m mediane.kit.workbook FILE MOST` says in JSON how many rows there are,
and the rows when they are not more than MOST. A sheet of two cells far apart is millions of empty ones.
"""

import json
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

UNREADABLE, TOO_LARGE = 3, 4
MIMETYPE = b"mimetype"  # by which an ODS begins, after the thirty bytes of a ZIP
Value = int | float | str | bool | time | date | datetime | timedelta
Written = str | float | dict[str, str]


def rows(file: Path) -> list[list[Written]]:
    """:raises CalamineError, OSError, ValueError: if it is no workbook, or has no sheet."""
    sheet = _opened(file).get_sheet_by_index(0)
    return [[_written(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _opened(file: Path) -> CalamineWorkbook:
    with file.open("rb") as data:
        if data.read(38)[30:] != MIMETYPE:
            data.seek(0)
            return CalamineWorkbook.from_filelike(data)
    # Guessing its kind would lose why it does not open.
    named = file.with_suffix(".ods")
    file.rename(named)
    return CalamineWorkbook.from_path(str(named))


def _written(value: Value) -> Written:
    if isinstance(value, datetime):
        return {"date": value.date().isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, time | timedelta):
        return str(value)
    return value.replace("\x00", "").strip() if isinstance(value, str) else value


def main(file: str, most: int) -> int:
    try:
        read = rows(Path(file))
    except (CalamineError, OSError, ValueError) as error:
        return TOO_LARGE if "limit exceeded" in str(error) else UNREADABLE
    while read and not any(cell != "" for cell in read[-1]):
        read.pop()
    kept = read if len(read) <= most else []
    sys.stdout.write(json.dumps([len(read), kept], separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
