import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, PngImagePlugin

from mediane.documents.rules.kinds import Kind, Unfit
from mediane.documents.rules.pictures import BROKEN, TOO_LARGE, rebuild

# Pillow warns, then goes on: so does the product, where a warning is only written down.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::PIL.Image.DecompressionBombWarning")

Maker = Callable[..., bytes]
SECRET = b"48.8566N-SECRET"


def png_declaring(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0"))


def test_a_photo_loses_its_place_and_all_that_is_hidden(picture: Maker) -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    data = picture("JPEG", exif=exif, comment=SECRET, xmp=SECRET, icc_profile=SECRET) + SECRET
    assert data.count(SECRET) >= 5
    kind, rebuilt = rebuild(data, Kind.JPEG)
    assert kind is Kind.JPEG
    assert SECRET not in rebuilt
    assert not Image.open(io.BytesIO(rebuilt)).getexif()


def test_a_png_stays_a_png_without_its_texts(picture: Maker) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", SECRET.decode())
    data = picture("PNG", mode="RGBA", pnginfo=texts, icc_profile=SECRET) + SECRET
    kind, rebuilt = rebuild(data, Kind.PNG)
    assert kind is Kind.PNG
    assert SECRET not in rebuilt
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(rebuilt))
    assert before.tobytes() == after.tobytes()
    assert not after.info


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png_is_taken(picture: Maker, mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (8, 5)).save(out, "PNG")
    assert rebuild(out.getvalue(), Kind.PNG)[0] is Kind.PNG


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photo_is_put_upright(picture: Maker, turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    _, rebuilt = rebuild(picture("JPEG", size=(40, 30), exif=exif), Kind.JPEG)
    assert Image.open(io.BytesIO(rebuilt)).size == ((40, 30) if turn < 5 else (30, 40))


def test_a_broken_orientation_leaves_the_photo_taken(picture: Maker) -> None:
    data = picture("JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert rebuild(data, Kind.JPEG)[0] is Kind.JPEG


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_webp_becomes_a_jpeg(picture: Maker, mode: str) -> None:
    kind, rebuilt = rebuild(picture("WEBP", mode=mode), Kind.WEBP)
    assert kind is Kind.JPEG
    assert rebuilt.startswith(b"\xff\xd8\xff")


def test_what_was_transparent_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "WEBP", lossless=True)
    _, rebuilt = rebuild(out.getvalue(), Kind.WEBP)
    assert Image.open(io.BytesIO(rebuilt)).getpixel((4, 4)) == (255, 255, 255)


def test_a_printer_s_photo_is_taken(picture: Maker) -> None:
    _, rebuilt = rebuild(picture("JPEG", mode="CMYK"), Kind.JPEG)
    assert Image.open(io.BytesIO(rebuilt)).mode == "RGB"


@pytest.mark.parametrize("size", [(50_000, 50_000), (10_000, 9_500), (10_001, 5_000)])
def test_a_picture_declared_too_large_is_refused_unopened(size: tuple[int, int]) -> None:
    with pytest.raises(Unfit) as refused:
        rebuild(png_declaring(*size), Kind.PNG)
    assert str(refused.value) == TOO_LARGE


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_cut_short_is_refused(picture: Maker, form: str) -> None:
    data = picture(form, size=(400, 300))
    with pytest.raises(Unfit) as refused:
        rebuild(data[: len(data) // 2], Kind[form])
    assert str(refused.value) == BROKEN
