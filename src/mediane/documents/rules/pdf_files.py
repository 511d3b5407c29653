"""A PDF is taken when it opens without a password and has a reasonable number of pages."""

import io
import re

import pikepdf

from mediane.documents.rules.kinds import Unfit

MAX_PAGES = 500
MAX_INFLATED_BYTES = 64 * 1024 * 1024

# Process-wide, and to be set before any thread opens a PDF. Without it 1 MB of object stream
# inflates to 1 GB merely to find the pages.
pikepdf.settings.set_qpdf_limits(
    doc_max_warnings=1000,
    flate_max_memory=MAX_INFLATED_BYTES,
    run_length_max_memory=MAX_INFLATED_BYTES,
    png_max_memory=MAX_INFLATED_BYTES,
    tiff_max_memory=MAX_INFLATED_BYTES,
)

LOCKED = (
    "ce PDF est protégé par un mot de passe. Ouvrez-le, choisissez Imprimer, puis Enregistrer "
    "au format PDF, et ajoutez cette copie."
)
BROKEN = (
    "ce PDF est abîmé ou incomplet. Téléchargez-le de nouveau, ou ouvrez-le et choisissez "
    "Imprimer, puis Enregistrer au format PDF, et ajoutez cette copie."
)
TOO_LONG = "ce PDF compte plus de 500 pages. N’ajoutez que les pages utiles à votre demande."

ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM_OF_OBJECTS = re.compile(rb"/(?:ObjStm|XRef)\b")
LZW = re.compile(rb"/LZW(?:Decode)?[\s\x00/\[\]<>()%{}]")


def count_pages(data: bytes) -> int:
    if _may_swell(data):
        raise Unfit(BROKEN)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise Unfit(LOCKED) from error
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, LookupError) as error:
        raise Unfit(BROKEN) from error
    if pages == 0:
        raise Unfit(BROKEN)
    if pages > MAX_PAGES:
        raise Unfit(TOO_LONG)
    return pages


def _may_swell(data: bytes) -> bool:
    """LZW has no limit in qpdf. No software ever wrote LZW and object streams in one file."""
    names = ESCAPED.sub(lambda escape: bytes([int(escape[1], 16)]), data)
    return bool(LZW.search(names)) and bool(STREAM_OF_OBJECTS.search(names))
