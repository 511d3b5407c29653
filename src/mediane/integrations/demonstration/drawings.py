"""A drawing for the report: people around a table, nobody in particular."""

import io

from PIL import Image, ImageDraw

SIZE, SCALE = (1200, 600), 2
WALL, FLOOR, INK, SKIN, PAPER = "#f7f4ee", "#dcd6ca", "#1b2528", "#8fb6bb", "#fdfcf9"
COATS = ("#0e5460", "#5d9299", "#4c585c", "#0e5460", "#5d9299")
Box = tuple[int, int, int, int]


def meeting() -> bytes:
    """A PNG, always the same bytes; drawn larger than it is kept, so that edges are smooth."""
    page = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), WALL)
    draw = ImageDraw.Draw(page)
    draw.rectangle(_box(0, 430, 1200, 600), fill=FLOOR)
    for left in (170, 480, 790):
        _window(draw, left)
    for rank, coat in enumerate(COATS):
        _person(draw, 180 + 210 * rank, coat)
    draw.rounded_rectangle(_box(70, 400, 1130, 450), 24 * SCALE, fill=PAPER, outline=INK, width=3 * SCALE)
    for left in (150, 1010):
        draw.rectangle(_box(left, 450, left + 34, 560), fill=INK)
    for left in (150, 355, 570, 780, 985):
        draw.rectangle(_box(left, 392, left + 66, 404), fill=WALL, outline=INK, width=2 * SCALE)
    kept = io.BytesIO()
    page.resize(SIZE, Image.Resampling.LANCZOS).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _window(draw: ImageDraw.ImageDraw, left: int) -> None:
    draw.rectangle(_box(left, 50, left + 240, 210), fill=PAPER, outline=FLOOR, width=6 * SCALE)
    draw.line(_box(left + 120, 50, left + 120, 210), fill=FLOOR, width=5 * SCALE)


def _person(draw: ImageDraw.ImageDraw, middle: int, coat: str) -> None:
    draw.rounded_rectangle(_box(middle - 72, 290, middle + 72, 430), 56 * SCALE, fill=coat)
    draw.ellipse(_box(middle - 40, 200, middle + 40, 284), fill=SKIN, outline=INK, width=3 * SCALE)


def _box(left: int, top: int, right: int, bottom: int) -> Box:
    return left * SCALE, top * SCALE, right * SCALE, bottom * SCALE
