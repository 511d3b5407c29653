"""Letters as a scanner gives them: their words are in a picture, and found once it is read."""

import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from textwrap import wrap

from django.db import connection
from PIL import Image, ImageDraw, ImageFont

from mediane.casework.models import Case
from mediane.correspondence import paper
from mediane.integrations.demonstration.cast import people
from mediane.organisations.models import Organisation

FONT = Path(paper.__file__).parent / "fonts" / "newsreader-500.ttf"
A4, INK, PAPER = (1654, 2339), 40, 246  # 200 points an inch
MARGIN, LINE, ACROSS = 190, 66, 64  # points, points, characters
OPENING = "Madame la médiatrice, Monsieur le médiateur,"
# Said in the letter, and not in what the service typed of it.
MORE = (
    "Je joins la photocopie de mon courrier recommandé, resté sans réponse. Mon assistante sociale, "
    "Mme Berthier, connaît ma situation et peut vous répondre."
)
CLOSING = "Je vous prie d’agréer mes salutations respectueuses."
INVENTED = "Données de démonstration : lettre inventée"


@cache
def letter(explanation: str, name: str) -> bytes:
    """One page on paper a little crooked, as a PDF without a word of text."""
    page = Image.new("L", A4, PAPER)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONT, 40)
    top = 260
    for paragraph in (OPENING, explanation, MORE, CLOSING, name, INVENTED):
        for line in wrap(paragraph, ACROSS):
            pen.text((MARGIN, top), line, fill=INK, font=font)
            top += LINE
        top += LINE
    written = io.BytesIO()
    page.rotate(0.6, fillcolor=PAPER, resample=Image.Resampling.BICUBIC).save(
        written, "PDF", resolution=200.0
    )
    return written.getvalue()


def read_first(caf: Organisation, cases: Iterable[Case]) -> None:
    """The letters of the cast are read at once; all the files of the crowd would take the evening."""
    cast = {guest.number for guest in people()}
    keys = [case.key_id for case in cases if case.channel == "MAIL" and case.beneficiary.number in cast]
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE status = 'todo' AND task_name = 'read_files'"
            " AND (args->>'organisation_id')::bigint = %s AND NOT (args->>'key_id')::bigint = ANY(%s)",
            [caf.pk, keys],
        )
