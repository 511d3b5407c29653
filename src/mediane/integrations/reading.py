"""The text of a file: what a PDF says by itself, then OCRmyPDF and Tesseract, programs of Debian.

A file is opened in memory (`SCRATCH`), in a folder that goes with its reading.
"""

import json
import shutil
import sys
from pathlib import Path

from django.conf import settings

from mediane.documents.rules import Kind
from mediane.documents.rules.reading import Read, clean, put_together, recognised, scanned
from mediane.documents.states import Outcome
from mediane.kit import confined
from mediane.kit.confined import Limits

OPENING = Limits(seconds=60, memory=1024**3)
RECOGNISING = Limits(seconds=300)
MOST_SAID = 16 * 1024**2
NO_PROGRAM = 3  # what OCRmyPDF answers without Tesseract, or without French
OCR = (
    "ocrmypdf",
    *("--language", "fra", "--force-ocr", "--rotate-pages", "--deskew", "--image-dpi", "200"),
    *("--output-type", "pdf", "--optimize", "0", "--jobs", "1", "--tesseract-timeout", "60", "--quiet"),
    *("--max-image-mpixels", "60"),
)


def read(data: bytes, media_type: str) -> Read:
    """Whatever the file, and whatever is installed here: the reason stands in the outcome.

    :raises OSError: without room to open it.
    """
    with confined.workplace(Path(settings.SCRATCH), "reading") as folder:
        if media_type != Kind.PDF.media_type:
            picture = folder / "picture"
            picture.write_bytes(data)
            return _recognised([""], picture, folder)
        (folder / "whole.pdf").write_bytes(data)
        try:
            pages = _own_texts(folder)
        except confined.TooLong:
            return Read(Outcome.TOO_LONG)
        except confined.Failed:
            return Read(Outcome.DAMAGED)
        if not scanned(pages):
            return put_together(pages, [])
        return _recognised(pages, folder / "scanned.pdf", folder)


def can_recognise() -> bool:
    is_here = shutil.which(OCR[0], path=confined.PATH) is not None
    return is_here and (settings.OCR_WITHOUT_WALLS or confined.can_wall())


def _own_texts(folder: Path) -> list[str]:
    program = "mediane.documents.rules.pdf_text"
    command = (sys.executable, "-I", "-m", program, "whole.pdf", "scanned.pdf")
    pages: list[str] = json.loads(confined.run(command, folder=folder, limits=OPENING))
    return pages


def _recognised(pages: list[str], pictures: Path, folder: Path) -> Read:
    """What the file says by itself is kept, even when the rest cannot be read."""
    try:
        confined.run(
            (*OCR, "--sidecar", "said.txt", pictures.name, "made.pdf"),
            folder=folder,
            limits=RECOGNISING,
            only_walled=not settings.OCR_WITHOUT_WALLS,
        )
        sidecar = confined.made(folder / "said.txt", most=MOST_SAID)
    except confined.Absent:
        return Read(Outcome.ABSENT, clean(pages))
    except confined.TooLong:
        return Read(Outcome.TOO_LONG, clean(pages))
    except confined.Failed as failed:
        outcome = Outcome.ABSENT if failed.code == NO_PROGRAM else Outcome.DAMAGED
        return Read(outcome, clean(pages))
    return put_together(pages, recognised(sidecar.decode("utf-8", "replace")))
