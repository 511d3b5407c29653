"""A picture is opened and drawn again: place, date, author and anything hidden stay behind."""

import io
import struct
import zlib

from PIL import Image

from mediane.documents.rules.kinds import Kind, Unfit

MAX_PIXELS = 50_000_000
JPEG_QUALITY = 85
PNG_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I;16"})
ORIENTATION = 0x0112
UPRIGHT = 1
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Everything Pillow may raise on a damaged file.
DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    OverflowError,
    RuntimeError,
    struct.error,
    zlib.error,
)
BROKEN = (
    "cette photo est abîmée ou incomplète. Vérifiez qu’elle s’affiche sur votre appareil, "
    "puis reprenez-la ou enregistrez-la de nouveau en JPEG."
)
TOO_LARGE = (
    "cette image compte trop de points (50 millions au plus). Réduisez ses dimensions, "
    "ou refaites le scan à 300 points par pouce."
)


def rebuild(data: bytes, kind: Kind) -> tuple[Kind, bytes]:
    """Return the kind to keep (a WebP becomes a JPEG) and the new bytes."""
    try:
        with Image.open(io.BytesIO(data), formats=[kind.name]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Unfit(TOO_LARGE)
            picture.load()
            return _drawn_again(picture, kind)
    except Image.DecompressionBombError as error:
        raise Unfit(TOO_LARGE) from error
    except DAMAGED as error:
        raise Unfit(BROKEN) from error


def _drawn_again(picture: Image.Image, kind: Kind) -> tuple[Kind, bytes]:
    turn = TURNS.get(_orientation(picture))
    # Pillow writes back the comment, XMP and colour profile it finds here.
    picture.info = {k: v for k, v in picture.info.items() if k == "transparency"}
    upright = picture if turn is None else picture.transpose(turn)
    out = io.BytesIO()
    if kind is Kind.PNG:
        drawn = upright if upright.mode in PNG_MODES else upright.convert("RGBA")
        drawn.save(out, "PNG")
        return Kind.PNG, out.getvalue()
    _opaque(upright).save(out, "JPEG", quality=JPEG_QUALITY)
    return Kind.JPEG, out.getvalue()


def _orientation(picture: Image.Image) -> int:
    try:
        value = picture.getexif().get(ORIENTATION)
    except DAMAGED:
        # The picture itself is sound: better sideways than refused.
        return UPRIGHT
    return value if isinstance(value, int) else UPRIGHT


def _opaque(picture: Image.Image) -> Image.Image:
    if picture.mode in ("L", "RGB"):
        return picture
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layers = picture.convert("RGBA")
    paper = Image.new("RGB", layers.size, "white")
    paper.paste(layers, mask=layers.getchannel("A"))
    return paper
