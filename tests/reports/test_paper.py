"""The PDF of a report: accessible, made to be kept, and saying what was frozen."""

import io
import re
import zipfile
from functools import cache
from typing import Any

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from mediane.reports.paper import archive, drawn, report_pdf
from mediane.reports.rules.composing import Words, canonical, edition, every_block, tables_in
from mediane.reports.rules.figures import Figures
from tests.reports.invented import a_year, cover, months, numbers, published, words
from tests.reports.reading import faults


def contents(*, is_public: bool = False, **changed: object) -> dict[str, Any]:
    return edition(cover(**changed), words(), published() if is_public else Figures(numbers()))


@cache
def pdf_of(*, is_public: bool = False, is_demonstration: bool = True) -> bytes:
    """Charts are drawn by a process of its own: once for all these tests."""
    return report_pdf(contents(is_public=is_public, is_demonstration=is_demonstration), {})


def text_of(pdf: bytes) -> list[str]:
    return [page.extract_text().replace("\u00a0", " ") for page in PdfReader(io.BytesIO(pdf)).pages]


def test_it_is_accessible_and_made_to_be_kept() -> None:
    for is_public in (False, True):
        assert faults(pdf_of(is_public=is_public)) == []
    assert PdfReader(io.BytesIO(pdf_of())).outline


def test_what_is_badly_made_is_seen() -> None:
    """The reader of these tests finds a picture without words, and a title that is not there."""
    with pikepdf.open(io.BytesIO(pdf_of())) as opened:
        for one in opened.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure" and "/Alt" in one:
                del one["/Alt"]
        del opened.Root["/Lang"]
        spoilt = io.BytesIO()
        opened.save(spoilt)
    assert {"a picture without words", "no language"} <= set(faults(spoilt.getvalue()))


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
    inside, outside = (" ".join(text_of(pdf_of(is_public=public))) for public in (False, True))
    assert "2 500,50 €" in inside
    assert "2 500,50 €" not in outside


def test_a_report_without_any_case_still_reads() -> None:
    empty = edition(
        cover(), {}, Figures(numbers(own={}, network={}, months={}, online={}, since={}, online_from=0))
    )
    assert "Aucune saisine n’a été traitée en 2023." in " ".join(text_of(report_pdf(empty, {})))


def box_of(pdf: bytes, alternative: str) -> tuple[float, float]:
    """How wide and how high the picture of these words is on paper, in millimetres."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for one in opened.objects:
            if isinstance(one, pikepdf.Dictionary) and str(one.get("/Alt", "")) == alternative:
                held = one.A if isinstance(one.A, pikepdf.Array) else [one.A]
                [box] = [each.BBox for each in held if "/BBox" in each]
                left, bottom, right, top = (float(side) / 72 * 25.4 for side in box)
                return right - left, top - bottom
    raise LookupError(alternative)


@pytest.mark.parametrize(
    ("pixels", "printed"),
    [((600, 1600), (41.3, 110)), ((1600, 300), (167, 31.3)), ((200, 100), (52.9, 26.5))],
    ids=["tall", "wide", "small"],
)
def test_a_picture_leaves_room_for_words(pixels: tuple[int, int], printed: tuple[float, float]) -> None:
    """A portrait once took a whole page; and a small one is not blown up."""
    out = io.BytesIO()
    Image.new("RGB", pixels, "#0e5460").save(out, "PNG")
    told = words() | {"foreword": Words(text="Un mot.", pictures=[("a", "La tour", "Sa légende")])}
    frozen = edition(cover(), told, Figures(numbers(**NOTHING, **ODD["one case"])))
    made = report_pdf(frozen, {"a": ("image/png", out.getvalue())})
    assert box_of(made, "La tour") == pytest.approx(printed, abs=0.5)
    assert faults(made) == []
    [page] = [one for one in text_of(made) if "Sa légende" in one]
    assert "Un mot." in page


NOVEMBER = [0] * 10 + [55, 45]
A_ZERO = [*months(100)[:5], 0, *months(100)[6:]]
ODD: dict[str, dict[str, Any]] = {
    "one case": {"own": {2023: a_year(1, 0)}, "months": {2023: [0, 0, 1, *[0] * 9]}},
    "opened in November": {"own": {2023: a_year(60, 40)}, "months": {2023: NOVEMBER}},
    "a month with zero": {"own": {2022: a_year(60, 40), 2023: a_year(60, 40)}, "months": {2023: A_ZERO}},
    "nobody for the mediation": {"own": {2023: a_year(0, 20)}, "months": {2023: months(20)}},
}


NOTHING: dict[str, Any] = {"network": {}, "online": {}, "since": {}, "online_from": 0}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_an_odd_year_still_reads(odd: dict[str, Any]) -> None:
    inside = canonical(edition(cover(), words(), Figures(numbers(**NOTHING, **odd))))
    outside = canonical(edition(cover(), words(), published(**NOTHING, **odd)))
    assert "En 2023, " in inside
    assert not re.search(r"None|NaN|\bnan\b|masqué|non connu", inside)
    assert not re.search(r"None|NaN|\bnan\b", outside)


def test_a_first_year_is_drawn_alone() -> None:
    first = edition(cover(), words(), Figures(numbers(**NOTHING, **ODD["opened in November"])))
    [chart] = [one for _, shape, one in charts_of(first) if shape == "months"]
    assert [one["name"] for one in chart["series"]] == ["2023"]
    assert drawn(first)["mois"].startswith("<svg")
    [two] = [one for _, shape, one in charts_of(contents()) if shape == "months"]
    assert [one["name"] for one in two["series"]] == ["2023", "2022"]


def charts_of(frozen: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    found = [block for block in every_block(frozen) if block["kind"] == "chart"]
    return [(one["table"]["code"], one["shape"], one["data"]) for one in found]


def test_a_year_of_one_case_is_printed() -> None:
    one = edition(cover(), words(), Figures(numbers(**NOTHING, **ODD["one case"])))
    assert "En 2023, 1 saisine a été traitée" in " ".join(text_of(report_pdf(one, {})))


def test_the_data_hold_each_table_once_and_no_formula() -> None:
    frozen = contents()
    with zipfile.ZipFile(io.BytesIO(archive(frozen))) as archived:
        names = set(archived.namelist())
        told = archived.read("saisines.csv").decode("utf-8-sig")
    assert {f"{table['code']}.csv" for table in tables_in(frozen)} <= names
    assert "Ensemble;1476;1454;-1,49" in told
    assert archive(frozen) == archive(contents())
