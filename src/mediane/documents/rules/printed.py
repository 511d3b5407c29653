"""Files received, as the pages that are printed: those of a PDF, or one sheet for a picture."""

import io
from collections.abc import Sequence

import pikepdf
from PIL import Image, ImageOps

from mediane.documents.rules.kinds import Kind, kind_of

DOTS_PER_INCH = 150
A4 = (1240, 1754)
MARGIN = 60


def bound(files: Sequence[bytes]) -> bytes:
    """One PDF with the pages of each file, in order."""
    with pikepdf.new() as whole:
        for data in files:
            with pikepdf.open(io.BytesIO(_pages(data))) as one:
                whole.pages.extend(one.pages)
        written = io.BytesIO()
        whole.save(written, deterministic_id=True)
    return written.getvalue()


def _pages(data: bytes) -> bytes:
    return data if kind_of(data) is Kind.PDF else _sheet(data)


def _sheet(data: bytes) -> bytes:
    """A picture on a sheet of its own, upright or lying as it is."""
    with Image.open(io.BytesIO(data)) as picture:
        size = A4 if picture.height >= picture.width else A4[::-1]
        shown = ImageOps.contain(picture.convert("RGBA"), (size[0] - 2 * MARGIN, size[1] - 2 * MARGIN))
    paper = Image.new("RGB", size, "white")
    place = (size[0] - shown.width) // 2, (size[1] - shown.height) // 2
    paper.paste(shown, place, mask=shown.getchannel("A"))
    made = io.BytesIO()
    paper.save(made, "PDF", resolution=DOTS_PER_INCH)
    return made.getvalue()
