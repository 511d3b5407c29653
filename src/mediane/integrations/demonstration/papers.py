"""Files to join: a sheet or a photograph of one, whose words say that it is invented."""

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

A4 = (620, 877)
INK, PALE, PAPER = "#1b2528", "#c9c4b8", "#fdfcf9"


@cache
def sheet(name: str) -> bytes:
    """A one-page PDF, or a JPEG, by the ending of the name."""
    page = Image.new("RGB", A4, PAPER)
    draw = ImageDraw.Draw(page)
    title = name.rpartition(".")[0].replace("-", " ")
    draw.text((60, 70), title, fill=INK, font=ImageFont.load_default(28))
    draw.text(
        (60, 120), "Données de démonstration : document inventé", fill=INK, font=ImageFont.load_default(16)
    )
    for line in range(18):
        top = 190 + 32 * line
        draw.rectangle((60, top, 560 - (line * 67) % 190, top + 9), fill=PALE)
    draw.rectangle((380, 790, 560, 830), outline=INK, width=2)
    written = io.BytesIO()
    page.save(written, "PDF" if name.endswith(".pdf") else "JPEG")
    return written.getvalue()
