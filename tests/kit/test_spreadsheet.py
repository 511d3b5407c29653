"""Sheets as people have them."""

import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.kit.spreadsheet import Unreadable, as_csv, read

ROWS = [["Référence", "Reçue le"], ["2021-0042", "14/01/2021"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_is_read_however_it_was_saved(encoding: str, separator: str) -> None:
    text = "\r\n".join(separator.join(row) for row in ROWS)
    assert read(text.encode(encoding), most=10) == ROWS


def test_what_is_written_is_read_again() -> None:
    assert read(as_csv(ROWS), most=10) == ROWS


def test_empty_rows_keep_the_number_of_the_others() -> None:
    assert read(b"a;b\r\n;\r\nc;d\r\n;\r\n", most=10) == [["a", "b"], ["", ""], ["c", "d"]]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vide"),
        (b"\r\n\r\n", "vide"),
        (b"PK\x03\x04 not a workbook", "ne s’ouvre pas"),
        (b"\xd0\xcf\x11\xe0 nor an old one", "ne s’ouvre pas"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "ni un CSV"),
        (b'a;"' + b"x" * 200_000 + b'"', "ne se lit pas"),
        (b"a\r\n" * 11, "10 au plus"),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(data, most=10)


def test_a_workbook_without_sheets_is_refused() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(Unreadable):
        read(kept.getvalue(), most=10)


@given(st.lists(st.lists(st.text(alphabet="ab=+-@;\"'é\n", max_size=6), min_size=2, max_size=3), min_size=1))
def test_what_is_written_holds_no_formula(told: list[list[str]]) -> None:
    rows = csv.reader(io.StringIO(as_csv(told).decode("utf-8-sig"), newline=""), delimiter=";")
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]
