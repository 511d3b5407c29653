"""Any text → text our fonts can draw.

PDF/UA refuses a character without a shape. A receipt must not fail because somebody’s file
is called « facture 📷.jpg ».
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
CHARACTERS = FOLDER / "characters.txt"

UNDRAWABLE = "?"
# The fonts have one no-break space and one hyphen.
SAME_MEANING = str.maketrans({"\u202f": "\u00a0", "\u2011": "-", "\u2010": "-", "\t": " ", "\r": None})


def drawable(value: object) -> object:
    """Walks through what `dataclasses.asdict` gives."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {key: drawable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [drawable(item) for item in value]
    return value


def _text(text: str) -> str:
    # NFC: file names from a Mac come with their accents apart.
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").translate(SAME_MEANING)
    return "".join(_character(character) for character in lines)


def _character(character: str) -> str:
    known = _known()
    if character == "\n" or character in known:
        return character
    if unicodedata.category(character) in ("Cf", "Mn", "Cc"):
        return ""
    plain = "".join(part for part in unicodedata.normalize("NFKD", character) if part in known)
    return plain or UNDRAWABLE


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(CHARACTERS.read_text(encoding="utf-8"))
