import contextlib
import random
import re
from collections.abc import Callable, Iterator

import pikepdf
import pytest

from mediane.documents.rules import kinds, pdf_files, pictures
from mediane.documents.rules.accepted import (
    ANNOUNCEMENT,
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_TOTAL_BYTES,
    Accepted,
    FileRefused,
    check,
    check_room,
)
from mediane.documents.rules.kinds import Kind

# Pillow warns, then goes on: so does the product, where a warning is only written down.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::PIL.Image.DecompressionBombWarning")

Maker = Callable[..., bytes]


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        check(name, data)
    return refused.value.sentence


def test_a_pdf_is_kept_as_received(pdf: Maker) -> None:
    data = pdf(pages=2)
    assert check("avis.pdf", data) == Accepted(Kind.PDF, data, "application/pdf", 2)


def test_the_content_decides_and_not_the_name(picture: Maker) -> None:
    taken = check("avis.pdf", picture("PNG"))
    assert (taken.kind, taken.media_type, taken.pages) == (Kind.PNG, "image/png", 1)
    assert "ni un PDF ni une photo" in refusal("photo.jpg", b"MZ\x90\x00")


def test_a_refusal_names_the_file_cleaned() -> None:
    sentence = refusal("C:\\temp\\vide\u202e.pdf", b"")
    assert sentence.startswith("« vide.pdf » n’a pas été ajouté : il est vide.")


def test_the_weight_limit_is_exact(pdf: Maker) -> None:
    start = pdf()
    padding = b"\n%" + b"." * (MAX_FILE_BYTES - len(start) - 2)
    assert check("scan.pdf", start + padding).kind is Kind.PDF
    assert "il pèse 10,5 Mo et la limite est de 10 Mo" in refusal("x", start + padding + b".")


def test_a_locked_pdf_is_told_how_to_unlock_it(pdf: Maker) -> None:
    locked = pdf(encryption=pikepdf.Encryption(user="secret", owner="owner"))
    assert refusal("a.pdf", locked).endswith(pdf_files.LOCKED)


def test_the_room_is_twenty_files_and_a_hundred_megabytes() -> None:
    check_room(files=MAX_FILES, total_bytes=MAX_TOTAL_BYTES)
    with pytest.raises(FileRefused, match="20 fichiers"):
        check_room(files=MAX_FILES + 1, total_bytes=1)
    with pytest.raises(FileRefused, match="100 Mo"):
        check_room(files=2, total_bytes=MAX_TOTAL_BYTES + 1)


def sentences() -> Iterator[str]:
    yield ANNOUNCEMENT
    for module in (kinds, pictures, pdf_files):
        yield from (v for k, v in vars(module).items() if k.isupper() and isinstance(v, str))


def test_every_sentence_is_typeset_as_french_is() -> None:
    for sentence in sentences():
        assert not re.search(r"[^\u00a0][:;!?%»]|«[^\u00a0]|'", sentence), sentence
        assert sentence.endswith("."), sentence


def mutated(data: bytes, chance: random.Random) -> bytes:
    spoiled = bytearray(data[: chance.randint(1, len(data))] if chance.random() < 0.4 else data)
    for _ in range(chance.randint(0, 12)):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    if chance.random() < 0.3:
        cut = chance.randrange(len(spoiled))
        spoiled[cut : cut + chance.randint(1, 40)] = chance.randbytes(chance.randint(0, 40))
    return bytes(spoiled)


@pytest.mark.parametrize("seed", range(8))
def test_a_spoiled_file_is_taken_or_refused_and_nothing_else(picture: Maker, pdf: Maker, seed: int) -> None:
    chance = random.Random(seed)
    exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"
    sound = [
        pdf(pages=3),
        pdf(pages=2, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        picture("JPEG", exif=exif),
        picture("JPEG", mode="CMYK", progressive=True),
        picture("PNG", mode="P", exif=exif),
        picture("WEBP", exif=exif),
    ]
    for data in sound:
        assert check("sound", data)
        for _ in range(12):
            with contextlib.suppress(FileRefused):
                assert check("spoiled", mutated(data, chance)).pages >= 1
