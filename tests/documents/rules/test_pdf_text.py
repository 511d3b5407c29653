import io

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediane.documents.rules.pdf_text import split, texts
from mediane.documents.rules.reading import MOST_SCANNED
from tests.documents.rules.conftest import Maker
from tests.integrations.scans import a_written_pdf

WORDS = "Réclamation à étudier : l’œuvre de ma vie, 1 842,60 € déjà prélevés."


@pytest.fixture(scope="module")
def written() -> bytes:
    """Two pages of text, and a blank one between them."""
    return a_written_pdf(WORDS, "", WORDS)


def pages_of(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def test_pages_with_text_are_read_and_the_others_set_apart(written: bytes) -> None:
    read, left = split(written)
    assert ["prélevés" in text for text in read] == [True, False, True]
    assert pages_of(left) == 1


def test_what_is_set_apart_carries_neither_password_nor_script(pdf: Maker) -> None:
    locked = pdf(pages=2, encryption=pikepdf.Encryption(user="", owner="bank"))
    read, left = split(locked)
    assert (read, pages_of(left)) == (["", ""], 2)
    with pikepdf.open(io.BytesIO(left)) as made:
        assert not made.is_encrypted


def test_of_a_long_file_the_first_pages_are_set_apart(pdf: Maker) -> None:
    read, left = split(pdf(pages=MOST_SCANNED + 10))
    assert (len(read), pages_of(left)) == (MOST_SCANNED + 10, MOST_SCANNED)


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=40))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_has_no_text_rather_than_a_crash(written: bytes, at: int, noise: bytes) -> None:
    spoilt = written[:at] + noise + written[at + len(noise) :]
    assert len(texts(spoilt, 3)) == 3
