"""Sheets as people have them."""

import csv
import io
import resource
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from mediane.kit import spreadsheet
from mediane.kit.confined import Limits
from mediane.kit.spreadsheet import Unreadable, as_csv, read
from tests.kit.workbooks import Rows, bomb, far_ods, far_xlsx, ods, xlsx

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


TYPED: Rows = [
    ["Référence", " Reçue le ", "Nombre", "Hors médiation"],
    ["2021-0042", date(2021, 1, 14), 12.5, True],
    ["", "", "", ""],
    ["2021-01-14", "01234", 3.0, False],
]


@pytest.mark.parametrize("made", [xlsx, ods])
def test_a_workbook_gives_its_rows_with_their_dates(made: Callable[..., bytes]) -> None:
    assert read(made([*TYPED, ["", "", "", ""]]), most=10) == [
        ["Référence", "Reçue le", "Nombre", "Hors médiation"],
        ["2021-0042", date(2021, 1, 14), 12.5, "oui"],
        ["", "", "", ""],
        ["2021-01-14", "01234", 3.0, "non"],
    ]


def test_a_workbook_of_too_many_rows_says_how_many() -> None:
    with pytest.raises(Unreadable, match="a 12 lignes, et 10 au plus"):
        read(xlsx([["a"]] * 12), most=10)


@pytest.fixture
def scratch(settings: LazySettings, tmp_path: Path) -> Path:
    settings.SCRATCH = tmp_path
    return tmp_path


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kilobytes


@pytest.mark.parametrize("made", [far_xlsx, far_ods, bomb])
def test_what_takes_all_the_memory_is_refused_and_takes_none_of_ours(
    scratch: Path, made: Callable[[], bytes]
) -> None:
    data, before = made(), peak()
    with pytest.raises(Unreadable, match="trop lourd à ouvrir"):
        read(data, most=20_000)
    assert peak() - before < 30_000
    assert list(scratch.iterdir()) == []


def test_what_takes_too_long_is_refused_too(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "OPENING", Limits(seconds=0))
    with pytest.raises(Unreadable, match="trop lourd à ouvrir"):
        read(xlsx(TYPED), most=10)
    assert list(scratch.iterdir()) == []


def test_a_damaged_workbook_leaves_nothing_either(scratch: Path) -> None:
    with pytest.raises(Unreadable, match="abîmé"):
        read(xlsx(TYPED)[:400], most=10)
    assert list(scratch.iterdir()) == []


def test_a_negative_number_stays_a_number() -> None:
    """Something to compute does not, nor what only begins like a number."""
    written = as_csv([["-12,69", "-5", "-5+2", "-1,2,3", "-"]]).decode("utf-8-sig")
    assert written == "-12,69;-5;'-5+2;'-1,2,3;'-\r\n"


@given(st.lists(st.lists(st.text(alphabet="ab=+-@;\"'é\n", max_size=6), min_size=2, max_size=3), min_size=1))
def test_what_is_written_holds_no_formula(told: list[list[str]]) -> None:
    rows = csv.reader(io.StringIO(as_csv(told).decode("utf-8-sig"), newline=""), delimiter=";")
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]
