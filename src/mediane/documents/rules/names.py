"""The names of files: ours for storing and downloading, theirs, cleaned, for showing."""

import re
import unicodedata
from urllib.parse import quote

from mediane.documents.rules.kinds import Kind

LONGEST_SHOWN = 120
LONGEST_SLUG = 60
NAMELESS = "document"
# Controls, invisible marks and direction overrides, halves of characters, unassigned.
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
SPACE = frozenset({"Zs", "Zl", "Zp"})


def our_name(position: int, kind: Kind, original: str) -> str:
    """Name a download, such as `03-bulletin-de-salaire.pdf`: ASCII only, extension ours."""
    stem = _without_extension(shown_name(original))
    words = re.findall(r"[a-z0-9]+", _without_accents(stem).lower())
    slug = "-".join(words)[:LONGEST_SLUG].strip("-") or NAMELESS
    return f"{position:02d}-{slug}.{kind.extension}"


def shown_name(original: str) -> str:
    """The depositor's own name for the file, harmless to show: never used as a path."""
    last = re.split(r"[/\\]", original)[-1]
    normal = unicodedata.normalize("NFC", "".join(_visible(c) for c in last))
    clean = " ".join(normal.split()).lstrip(". ")
    return _shortened(clean).strip() or NAMELESS


def content_disposition(name: str) -> str:
    """RFC 6266: always a download, an ASCII name for old readers, the true one in UTF-8."""
    shown = shown_name(name)
    fallback = re.sub(r"[^A-Za-z0-9 ._()-]", "_", _without_accents(shown)).strip() or NAMELESS
    return f"attachment; filename=\"{fallback}\"; filename*=UTF-8''{quote(shown, safe='')}"


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in SPACE or character in "\t\n\r":
        return " "
    return "" if category in INVISIBLE else character


def _shortened(name: str) -> str:
    if len(name) <= LONGEST_SHOWN:
        return name
    stem = _without_extension(name)
    extension = name[len(stem) :]
    return stem[: LONGEST_SHOWN - 1 - len(extension)].rstrip() + "…" + extension


def _without_extension(name: str) -> str:
    return re.sub(r"(?<=.)\.[A-Za-z0-9]{1,8}$", "", name)


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))
