"""OCRmyPDF and Tesseract of Debian on scanned letters: their words, or the reason why there are none."""

import io
import os
import subprocess
from pathlib import Path

import pytest
from django.conf import LazySettings
from PIL import Image

from mediane.documents.rules import check
from mediane.documents.states import Outcome
from mediane.integrations import reading
from mediane.kit import confined
from mediane.kit.confined import Limits
from tests.integrations.scans import A4, LETTER, a_photograph, a_scanned_pdf, a_written_pdf, page

pytestmark = pytest.mark.slow
JPEG, PDF = "image/jpeg", "application/pdf"
WORDS = ("médiatrice", "trop-perçu", "réclamation", "hospitalisé", "Créteil", "prélèvements", "Belleville")


@pytest.fixture(autouse=True)
def scratch(settings: LazySettings, tmp_path: Path) -> Path:
    settings.SCRATCH = tmp_path
    return tmp_path


def test_a_photographed_letter_is_read_with_its_accents(scratch: Path) -> None:
    kept = check("lettre.jpg", a_photograph())
    read = reading.read(kept.data, kept.media_type)
    assert (read.outcome, read.is_recognised) == (Outcome.READ, True)
    assert [word for word in WORDS if word not in read.text] == []
    assert list(scratch.iterdir()) == []


def test_a_letter_laid_upside_down_is_read_too() -> None:
    turned = io.BytesIO()
    page(*LETTER).transpose(Image.Transpose.ROTATE_180).save(turned, "JPEG", quality=85)
    assert "médiatrice" in reading.read(turned.getvalue(), JPEG).text


def test_pages_of_a_scanned_file_come_in_their_order() -> None:
    second = page("Je vous remercie de votre patience,", "et je reste à votre disposition.")
    read = reading.read(a_scanned_pdf(page(*LETTER), second), PDF)
    assert read.text.index("médiatrice") < read.text.index("respectueuses") < read.text.index("patience")


def test_a_file_that_has_its_text_needs_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "OCR", ("no-such-program",))
    read = reading.read(a_written_pdf("Votre recours est examiné par la commission de recours amiable."), PDF)
    assert (read.outcome, read.is_recognised) == (Outcome.READ, False)
    assert "recours est examiné" in read.text


def test_without_the_program_the_reason_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "OCR", ("no-such-program",))
    assert not reading.can_recognise()
    assert reading.read(a_photograph(), JPEG).outcome == Outcome.ABSENT
    monkeypatch.undo()
    assert reading.can_recognise()


def test_without_walls_nothing_is_recognised_unless_the_installation_says_so(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OCR_WITHOUT_WALLS = False
    monkeypatch.setattr(confined, "can_wall", lambda: False)
    assert not reading.can_recognise()
    assert reading.read(a_photograph(), JPEG).outcome == Outcome.ABSENT
    # What it says by itself is read all the same.
    written = a_written_pdf("Votre recours est examiné par la commission de recours amiable.")
    assert reading.read(written, PDF).outcome == Outcome.READ
    settings.OCR_WITHOUT_WALLS = True
    assert reading.can_recognise()
    assert reading.read(a_photograph(), JPEG).outcome == Outcome.READ


@pytest.mark.skipif(not confined.can_wall(), reason="no bubblewrap here, or a kernel that forbids it")
def test_within_walls_a_letter_is_read_as_well(settings: LazySettings) -> None:
    settings.OCR_WITHOUT_WALLS = False
    assert reading.can_recognise()
    read = reading.read(a_scanned_pdf(), PDF)
    assert [word for word in WORDS if word not in read.text] == []


def test_without_french_the_reason_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    spoken = tuple("xyz" if word == "fra" else word for word in reading.OCR)
    monkeypatch.setattr(reading, "OCR", spoken)
    assert reading.read(a_photograph(), JPEG).outcome == Outcome.ABSENT


def test_a_blank_page_says_that_it_has_no_word() -> None:
    white = io.BytesIO()
    Image.new("L", A4, 255).save(white, "JPEG")
    assert reading.read(white.getvalue(), JPEG).outcome == Outcome.WORDLESS


def test_what_takes_too_long_or_too_much_is_stopped_and_wiped(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "RECOGNISING", Limits(seconds=1))
    assert reading.read(a_scanned_pdf(), PDF).outcome == Outcome.TOO_LONG
    monkeypatch.setattr(reading, "RECOGNISING", Limits(seconds=60, memory=60 * 1024**2))
    assert reading.read(a_scanned_pdf(), PDF).outcome == Outcome.DAMAGED
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(("data", "media_type"), [(b"%PDF-1.4 broken", PDF), (b"\xff\xd8\xff\xe0", JPEG)])
def test_a_damaged_file_is_told_and_stops_nobody(data: bytes, media_type: str) -> None:
    assert reading.read(data, media_type).outcome == Outcome.DAMAGED


def test_what_a_killed_worker_left_is_wiped_by_the_next(scratch: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    left = scratch / f"mediane-reading-{gone.pid}-x"
    running, other = scratch / f"mediane-reading-{os.getpid()}-x", scratch / "x"
    for folder in (left, running, other):
        folder.mkdir()
    (left / "whole.pdf").write_bytes(b"in clear")
    reading.read(b"%PDF-1.4 broken", PDF)
    assert sorted(scratch.iterdir()) == sorted((running, other))
