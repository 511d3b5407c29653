"""Reading a finished report back: the words and the tables of its PDF, and whether it is well made."""

import io
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any

import pikepdf
from pypdf import PdfReader

NBSP = "\u00a0"
FONT_FILES = {"/FontFile", "/FontFile2", "/FontFile3"}


class Printed:
    """A PDF as somebody reads it: thousands are parted by no-break spaces, columns by spaces."""

    def __init__(self, pdf: bytes) -> None:
        self.pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]

    @cached_property
    def lines(self) -> list[str]:
        return [line.strip() for page in self.pages for line in page.split("\n")]

    @cached_property
    def words(self) -> str:
        return " ".join(" ".join(self.pages).replace(NBSP, " ").split())

    def row(self, title: str, label: str) -> list[str]:
        """The cells beside a label, in the table of this title: charts, which come before, have it too."""
        for begun in reversed([rank for rank, line in enumerate(self.lines) if line == title]):
            for line in self.lines[begun + 1 :]:
                if line.startswith(f"{label} ") and re.search(r"\d", line.removeprefix(label)):
                    return [cell.replace(NBSP, " ") for cell in line.removeprefix(label).split(" ")[1:]]
        raise AssertionError(f"no row {label} under {title}")


def amount(cell: str) -> Decimal:
    """« 931 618,06 € », « 8,05 % », « 1 454 », « – »."""
    digits = re.sub(r"[ €%+]", "", cell).replace(",", ".").replace("−", "-")
    return Decimal("0" if digits == "–" else digits)


def faults(pdf: bytes) -> list[str]:
    """What PDF/UA-1 and PDF/A-2a ask for and a program can see is missing."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [*_of_the_document(opened), *_of_the_pages(opened), *_of_the_structure(opened)]


def _of_the_document(opened: pikepdf.Pdf) -> Iterator[str]:
    root = opened.Root
    told = bytes(root.Metadata.read_bytes()).decode()
    for mark in ("<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<", "<dc:title>"):
        if mark not in told:
            yield f"metadata without {mark}"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "not marked as tagged"
    if not str(root.get("/Lang", "")).startswith("fr"):
        yield "no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "its title is not shown"
    if not [one for one in root.get("/OutputIntents", []) if "/DestOutputProfile" in one]:
        yield "no colour profile"
    if opened.is_encrypted or "/JavaScript" in root.get("/Names", {}) or "/AA" in root:
        yield "something hidden or active"


def _of_the_pages(opened: pikepdf.Pdf) -> Iterator[str]:
    for rank, page in enumerate(opened.pages, 1):
        if "/StructParents" not in page.obj:
            yield f"page {rank} is not in the structure"
        if page.obj.get("/Tabs") != "/S" and "/Annots" in page.obj:
            yield f"page {rank}: links do not follow the structure"
    for one in opened.objects:
        is_font = isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        if is_font and not FONT_FILES & set(one.keys()):
            yield f"font {one.get('/FontName')} is not inside"


def _of_the_structure(opened: pikepdf.Pdf) -> Iterator[str]:
    level, seen = 0, 0
    for kind, element in _elements(opened.Root.StructTreeRoot):
        seen += 1
        if kind in ("/Figure", "/Formula") and not str(element.get("/Alt", "")).strip():
            yield "a picture without words"
        if kind == "/TH" and not _attribute(element, "/Scope"):
            yield "a head of a table without its scope"
        if heading := re.fullmatch(r"/H([1-6])", kind):
            if int(heading[1]) > level + 1:
                yield f"a title of level {heading[1]} under one of level {level}"
            level = int(heading[1])
    if not seen:
        yield "no structure"


def _elements(node: Any) -> Iterator[tuple[str, Any]]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S), kid
            yield from _elements(kid)


def _attribute(element: Any, name: str) -> Any:
    found = element.get("/A", [])
    each = found if isinstance(found, pikepdf.Array) else [found]
    return next((one[name] for one in each if isinstance(one, pikepdf.Dictionary) and name in one), None)
