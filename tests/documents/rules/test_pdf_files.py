import io
import struct
import zlib
from collections.abc import Callable

import pikepdf
import pytest

from mediane.documents.rules.kinds import Unfit
from mediane.documents.rules.pdf_files import (
    BROKEN,
    LOCKED,
    MAX_INFLATED_BYTES,
    TOO_LONG,
    count_pages,
)

Maker = Callable[..., bytes]


def why_refused(data: bytes) -> str:
    with pytest.raises(Unfit) as refused:
        count_pages(data)
    return str(refused.value)


def with_swollen_objects(padding: int, packing: bytes = b"/FlateDecode") -> bytes:
    """Return a PDF whose catalogue lies in an object stream followed by that many spaces."""
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )
    starts = [sum(len(part) + 1 for part in parts[:i]) for i in range(3)]
    head = b" ".join(b"%d %d" % (i + 1, start) for i, start in enumerate(starts)) + b" "
    packed = zlib.compress(head + b" ".join(parts) + b" " * padding, 9)
    made = b"%PDF-1.5\n"
    objects_at = len(made)
    made += b"5 0 obj\n<</Type/ObjStm/N 3/First %d/Filter%b/Length %d>>\nstream\n" % (
        len(head),
        packing,
        len(packed),
    )
    made += packed + b"\nendstream\nendobj\n"
    rows = [
        (0, 0, 0),
        (2, 5, 0),
        (2, 5, 1),
        (2, 5, 2),
        (0, 0, 0),
        (1, objects_at, 0),
        (1, len(made), 0),
    ]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    made += b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>" % len(table)
    start = made.rindex(b"6 0 obj")
    return made + b"\nstream\n" + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % start


def test_pages_are_counted(pdf: Maker) -> None:
    assert count_pages(pdf(pages=3)) == 3
    assert count_pages(with_swollen_objects(100)) == 1


def test_a_pdf_that_needs_a_password_is_refused(pdf: Maker) -> None:
    locked = pdf(encryption=pikepdf.Encryption(user="secret", owner="owner"))
    assert why_refused(locked) == LOCKED


def test_a_statement_that_merely_forbids_printing_is_taken(pdf: Maker) -> None:
    assert count_pages(pdf(encryption=pikepdf.Encryption(user="", owner="bank"))) == 1


def test_a_pdf_of_500_pages_is_taken_and_no_more(pdf: Maker) -> None:
    assert count_pages(pdf(pages=500)) == 500
    assert why_refused(pdf(pages=501)) == TOO_LONG


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n" + bytes(1000), b"%PDF-" * 500])
def test_a_pdf_that_does_not_open_is_refused(data: bytes) -> None:
    assert why_refused(data) == BROKEN


def test_a_pdf_without_a_page_is_refused() -> None:
    out = io.BytesIO()
    with pikepdf.new() as empty:
        empty.save(out)
    assert why_refused(out.getvalue()) == BROKEN


def test_objects_that_swell_are_refused_before_filling_the_memory() -> None:
    assert why_refused(with_swollen_objects(2 * MAX_INFLATED_BYTES)) == BROKEN


@pytest.mark.parametrize("name", [b"/LZWDecode", b"/LZ#57Decode", b"[/LZW/FlateDecode]"])
def test_objects_packed_with_lzw_are_refused_unopened(name: bytes) -> None:
    assert why_refused(with_swollen_objects(100, packing=name)) == BROKEN
