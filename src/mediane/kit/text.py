"""Names and words made comparable."""

import re
import unicodedata

# Letters that Unicode does not decompose, met in names and words here.
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """The key things are sorted and searched by: no accent, no capital, one space between words."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(symbol for symbol in decomposed if not unicodedata.category(symbol).startswith("M"))
    return " ".join(_WORD.findall(bare.translate(_LETTERS)))


def initials(name: str) -> str:
    """First letters of the first and of the last word: « Jeanne Kermadec » gives « JK »."""
    words = _WORD.findall(unicodedata.normalize("NFC", name))
    ends = words if len(words) < 2 else (words[0], words[-1])
    return "".join(word[0] for word in ends).upper()
