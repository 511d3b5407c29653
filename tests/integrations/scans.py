"""Letters as a scanner gives them: a picture of words, a little crooked, on paper a little grey."""

import io
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from mediane.correspondence import paper
from mediane.kit import pdf

FONTS = Path(paper.__file__).parent / "fonts"
FONT = FONTS / "newsreader-500.ttf"
TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: "Lettre")
#set text(lang: "fr", font: "Newsreader")
#data.pages.map(page => [#page]).join(pagebreak())
"""
A4 = (1654, 2339)  # 200 points an inch
LETTER = (
    "Madame la médiatrice,",
    "",
    "Depuis le mois de septembre, la Caf me réclame un trop-perçu",
    "de 1 842,60 € que je ne comprends pas. J’ai déjà écrit deux fois",
    "à l’agence de Belleville, sans réponse à ma réclamation.",
    "",
    "Mon fils aîné est hospitalisé à Créteil et mon propriétaire",
    "menace de m’expulser. Je vous prie de bien vouloir étudier",
    "ma situation, et de suspendre les prélèvements.",
    "",
    "Je joins la photocopie de l’attestation de l’hôpital.",
    "",
    "Veuillez agréer, Madame, mes salutations respectueuses.",
)


def page(*lines: str) -> Image.Image:
    drawn = Image.new("L", A4, 244)
    pen, font = ImageDraw.Draw(drawn), ImageFont.truetype(FONT, 44)
    for number, line in enumerate(lines):
        pen.text((180, 300 + 74 * number), line, fill=30, font=font)
    chance = Random(7)
    for _ in range(1500):
        spot = chance.randrange(A4[0]), chance.randrange(A4[1])
        drawn.putpixel(spot, chance.randrange(150, 230))
    crooked = drawn.rotate(0.8, fillcolor=244, resample=Image.Resampling.BICUBIC)
    return crooked.filter(ImageFilter.GaussianBlur(0.7))


def a_photograph(*lines: str) -> bytes:
    written = io.BytesIO()
    page(*(lines or LETTER)).save(written, "JPEG", quality=80)
    return written.getvalue()


def a_scanned_pdf(*pages: Image.Image) -> bytes:
    written = io.BytesIO()
    first, *others = pages or (page(*LETTER),)
    first.save(written, "PDF", resolution=200.0, save_all=True, append_images=others)
    return written.getvalue()


def a_written_pdf(*pages: str) -> bytes:
    """As software makes it: the words are in the file."""
    with TemporaryDirectory() as folder:
        template = Path(folder) / "letter.typ"
        template.write_text(TEMPLATE)
        return pdf.render(template, {"created": "2026-11-09T10:00:00+00:00", "pages": pages}, fonts=FONTS)
