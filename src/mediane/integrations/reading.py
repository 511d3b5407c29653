"""The text of a file: what a PDF says by itself, then OCRmyPDF and Tesseract, programs of Debian.

A file is opened in memory (`SCRATCH`), in a folder that goes with its reading.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from mediane.documents.rules import Kind
from mediane.documents.rules.reading import Read, clean, put_together, recognised, scanned
from mediane.documents.states import Outcome
from mediane.kit import confined
from mediane.kit.confined import Limits

OPENING = Limits(seconds=60, memory=1024**3)
RECOGNISING = Limits(seconds=300)
PREFIX = "mediane-reading-"
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
    with _folder() as folder:
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
    return shutil.which(OCR[0], path=confined.PATH) is not None


def _own_texts(folder: Path) -> list[str]:
    program = "mediane.documents.rules.pdf_text"
    command = (sys.executable, "-I", "-m", program, "whole.pdf", "scanned.pdf")
    pages: list[str] = json.loads(confined.run(command, folder=folder, limits=OPENING))
    return pages


def _recognised(pages: list[str], pictures: Path, folder: Path) -> Read:
    """What the file says by itself is kept, even when the rest cannot be read."""
    try:
        confined.run(
            (*OCR, "--sidecar", "said.txt", pictures.name, "made.pdf"), folder=folder, limits=RECOGNISING
        )
    except confined.Absent:
        return Read(Outcome.ABSENT, clean(pages))
    except confined.TooLong:
        return Read(Outcome.TOO_LONG, clean(pages))
    except confined.Failed as failed:
        outcome = Outcome.ABSENT if failed.code == NO_PROGRAM else Outcome.DAMAGED
        return Read(outcome, clean(pages))
    sidecar = (folder / "said.txt").read_bytes().decode("utf-8", "replace")
    return put_together(pages, recognised(sidecar))


@contextmanager
def _folder() -> Iterator[Path]:
    place = Path(settings.SCRATCH)
    for left in place.glob(f"{PREFIX}*"):
        # Named by its worker: one that was killed wiped nothing.
        if not Path("/proc", left.name.removeprefix(PREFIX).partition("-")[0]).exists():
            shutil.rmtree(left, ignore_errors=True)
    prefix = f"{PREFIX}{os.getpid()}-"
    with TemporaryDirectory(prefix=prefix, dir=place, ignore_cleanup_errors=True) as made:
        yield Path(made)
