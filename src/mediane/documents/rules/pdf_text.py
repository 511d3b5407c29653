"""The text that a PDF holds, page by page, and its other pages in a PDF of their own.

Run as a program, confined: `python -m mediane.documents.rules.pdf_text FILE SCANNED` says the texts in JSON.
"""

import io
import json
import logging
import sys
from pathlib import Path

import pikepdf
from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from mediane.documents.rules.reading import LONGEST_TEXT, MOST_SCANNED, scanned

# What a page made wrong may raise: it then has no text, and is looked at as a picture.
DAMAGED = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)


def texts(data: bytes, number_of_pages: int) -> list[str]:
    try:
        pages = list(PdfReader(io.BytesIO(data)).pages)
    except DAMAGED:
        # qpdf opened it, and somebody may read it yet.
        return [""] * number_of_pages
    return [_text(page) for page in pages] if len(pages) == number_of_pages else [""] * number_of_pages


def _text(page: PageObject) -> str:
    try:
        # Halves of characters, and far more than a page can hold, are not the words of anybody.
        return page.extract_text()[:LONGEST_TEXT].encode("utf-8", "replace").decode()
    except DAMAGED:
        return ""


def split(data: bytes) -> tuple[list[str], bytes]:
    """The text of each page, and a PDF of those that are still to be recognised.

    Made anew: without password, signature, form or script.
    """
    with pikepdf.open(io.BytesIO(data)) as whole, pikepdf.new() as pictures:
        found = texts(data, len(whole.pages))
        for number in scanned(found)[:MOST_SCANNED]:
            pictures.pages.append(whole.pages[number])
        out = io.BytesIO()
        pictures.save(out)
    return found, out.getvalue()


if __name__ == "__main__":
    logging.disable()
    read, left = split(Path(sys.argv[1]).read_bytes())
    Path(sys.argv[2]).write_bytes(left)
    json.dump(read, sys.stdout)
