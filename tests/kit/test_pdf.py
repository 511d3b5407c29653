import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from mediane.correspondence.paper.drawable import FOLDER
from mediane.kit.pdf import PdfError, render

HEAD = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(font: "Atkinson Hyperlegible Next", lang: "fr", fallback: false)
"""
CREATED = datetime(2026, 12, 7, 9, 30, tzinfo=UTC).isoformat()
DATA = {"title": "Été à Nîmes", "created": CREATED}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    jail = tmp_path / "jail"
    jail.mkdir()
    return jail


def made(folder: Path, body: str, data: dict[str, object] | None = None) -> bytes:
    template = folder / "page.typ"
    template.write_text(HEAD + body, encoding="utf-8")
    return render(template, DATA if data is None else data, fonts=FOLDER)


def test_a_document_is_tagged_and_says_its_language_and_title(folder: Path) -> None:
    reader = PdfReader(io.BytesIO(made(folder, "= #data.title")))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("fr")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Été à Nîmes"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_the_creation_date_is_the_one_given(folder: Path) -> None:
    reader = PdfReader(io.BytesIO(made(folder, "= #data.title")))
    assert reader.metadata is not None
    assert reader.metadata.creation_date == datetime(2026, 12, 7, 9, 30, tzinfo=UTC)


def test_same_data_same_bytes(folder: Path) -> None:
    assert made(folder, "= #data.title") == made(folder, "= #data.title")


def test_a_creation_date_without_offset_is_refused(folder: Path) -> None:
    with pytest.raises(PdfError, match="offset"):
        made(folder, "= #data.title", {"title": "T", "created": "2026-12-07T09:30:00"})


def test_a_picture_without_alternative_text_is_refused(folder: Path) -> None:
    (folder / "dot.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>"
    )
    with pytest.raises(PdfError, match="alt"):
        made(folder, '= #data.title\n#image("dot.svg")')


def test_a_character_no_font_draws_is_refused(folder: Path) -> None:
    with pytest.raises(PdfError):
        made(folder, "= #data.title\n漢")


def test_a_font_we_do_not_ship_is_refused(folder: Path) -> None:
    with pytest.raises(PdfError, match="comic"):
        made(folder, '#set text(font: "Comic")\n= #data.title')


def test_a_folder_without_fonts_is_refused(folder: Path) -> None:
    template = folder / "page.typ"
    template.write_text(HEAD, encoding="utf-8")
    with pytest.raises(PdfError, match="no font"):
        render(template, DATA, fonts=folder)


@pytest.mark.parametrize("path", ["../secret.txt", "/../secret.txt", "{absolute}"])
def test_no_file_outside_the_folder_is_readable(folder: Path, path: str) -> None:
    secret = folder.parent / "secret.txt"
    secret.write_text("secret")
    with pytest.raises(PdfError):
        made(folder, f'= #data.title\n#read("{path.format(absolute=secret)}")')
