import io
import zipfile

import pytest

from mediane.documents.rules.kinds import (
    ARCHIVE,
    FILM,
    HEIC,
    OFFICE,
    PICTURE,
    UNKNOWN,
    WEB_PAGE,
    Kind,
    Unfit,
    kind_of,
)


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("beginning", "kind"),
    [
        (b"%PDF-1.7\n", Kind.PDF),
        (b"\xef\xbb\xbf\r\n%PDF-1.4", Kind.PDF),
        (b"\xff\xd8\xff\xe0", Kind.JPEG),
        (b"\x89PNG\r\n\x1a\n", Kind.PNG),
        (b"RIFF\n\x00\x00\x00WEBPVP8 ", Kind.WEBP),
    ],
)
def test_a_kind_is_told_by_its_first_bytes(beginning: bytes, kind: Kind) -> None:
    assert kind_of(beginning + bytes(20)) is kind


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x00\x00\x00\x18ftypheic", HEIC),
        (b"\x00\x00\x00\x18ftypmif1", HEIC),
        (b"\x00\x00\x00\x18ftypavif", PICTURE),
        (b"GIF89a<script>", PICTURE),
        (b"II*\x00", PICTURE),
        (b"\x00\x00\x00\x18ftypqt  ", FILM),
        (b"RIFF\n\x00\x00\x00WAVE", FILM),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OFFICE),
        (b"{\\rtf1", OFFICE),
        (zipped("[Content_Types].xml", "word/document.xml"), OFFICE),
        (zipped("photo.jpg"), ARCHIVE),
        (b"Rar!\x1a\x07", ARCHIVE),
        (b"\x1f\x8b\x08", ARCHIVE),
        (b"\n<!DOCTYPE html>", WEB_PAGE),
        (b"<svg onload=alert(1)>", WEB_PAGE),
        (b"MZ\x90\x00", UNKNOWN),
        (b"Bonjour", UNKNOWN),
        (b"MZ padding %PDF-1.7", UNKNOWN),
    ],
)
def test_what_is_not_taken_is_told_why_and_what_to_do(data: bytes, why: str) -> None:
    with pytest.raises(Unfit) as refused:
        kind_of(data)
    assert str(refused.value) == why
