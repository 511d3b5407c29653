"""The PDF of a report: accessible, made to be kept, and saying what was frozen."""

import io
import zipfile
from functools import cache
from typing import Any

from pypdf import PdfReader

from mediane.reports.paper import archive, report_pdf
from mediane.reports.rules.composing import edition, tables_in
from mediane.reports.rules.figures import Figures
from tests.reports.invented import cover, numbers, words


def contents(threshold: int = 0, **changed: object) -> dict[str, Any]:
    return edition(cover(**changed), words(), Figures(numbers(), threshold))


@cache
def pdf_of(threshold: int = 0, *, is_demonstration: bool = True) -> bytes:
    """Charts are drawn by a process of its own: once for all these tests."""
    return report_pdf(contents(threshold, is_demonstration=is_demonstration), {})


def text_of(pdf: bytes) -> list[str]:
    return [page.extract_text().replace("\u00a0", " ") for page in PdfReader(io.BytesIO(pdf)).pages]


def test_it_is_accessible_and_made_to_be_kept() -> None:
    reader = PdfReader(io.BytesIO(pdf_of()))
    root: Any = reader.root_object
    said = root["/Metadata"].get_data()
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in said
    assert b"<pdfaid:part>2</pdfaid:part>" in said
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in said
    assert reader.outline


def test_it_says_every_figure_of_the_year() -> None:
    told = " ".join(" ".join(text_of(pdf_of())).split())
    for words_said in (
        "1 454",
        "936",
        "518",
        "12,69 %",
        "28,22 %",
        "93 712,32 €",
        "Nous saurons poursuivre.",
    ):
        assert words_said in told, words_said


def test_every_page_says_it_is_a_demonstration() -> None:
    assert all("Données de démonstration" in page for page in text_of(pdf_of()))
    told = text_of(pdf_of(is_demonstration=False))
    assert not any("démonstration" in page for page in told)


def test_outside_the_service_a_sum_of_few_lines_is_not_told() -> None:
    inside, outside = (" ".join(text_of(pdf_of(threshold))) for threshold in (0, 11))
    assert "2 500,50 €" in inside
    assert "2 500,50 €" not in outside


def test_a_report_without_any_case_still_reads() -> None:
    empty = edition(
        cover(), {}, Figures(numbers(own={}, network={}, months={}, online={}, since={}, online_from=0))
    )
    assert "Aucune saisine n’a été traitée en 2023." in " ".join(text_of(report_pdf(empty, {})))


def test_the_data_hold_each_table_once_and_no_formula() -> None:
    frozen = contents()
    with zipfile.ZipFile(io.BytesIO(archive(frozen))) as archived:
        names = set(archived.namelist())
        told = archived.read("saisines.csv").decode("utf-8-sig")
    assert {f"{table['code']}.csv" for table in tables_in(frozen)} <= names
    assert "Ensemble;1476;1454;−1,49" in told
    assert archive(frozen) == archive(contents())
