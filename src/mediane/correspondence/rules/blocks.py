"""The small language of a letter’s body: paragraphs, « ## » headings, « - » lists, « a | b » tables.

A table whose last line begins with « = » ends with a total.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from mediane.correspondence.paper import Block, bullets, heading, paragraph, table

# Plain spaces that French typography keeps together: « 1 842,60 € », « ainsi : », « là ».
KEPT = re.compile(r"(?<=«) | (?=[:;!?%€»](?:\W|$))|(?<=\d) (?=\d{3}(?!\d))")
HEADING, ITEM, CELL, TOTAL = "## ", "- ", "|", "="


def blocks(text: str) -> list[Block]:
    """Any text → blocks, in order; no word is lost."""
    lines = [typeset(line.strip()) for line in text.replace("\x00", "").splitlines()]
    return [block for kind, group in groupby(lines, key=_kind) for block in _made(kind, list(group))]


def typeset(line: str) -> str:
    """The same words, with the no-break spaces that nobody types."""
    return KEPT.sub("\u00a0", line)


def split_salutation(body: Sequence[Block], default: str) -> tuple[str, tuple[Block, ...]]:
    """« Madame, » then the rest; a letter that does not begin so is given the default."""
    first = body[0] if body else None
    if first is not None and first.kind == "paragraph" and first.text.endswith(",") and len(first.text) <= 80:
        return first.text, tuple(body[1:])
    return f"{default},", tuple(body)


def _kind(line: str) -> str:
    if not line:
        return "space"
    if line.startswith(HEADING):
        return "heading"
    if line.startswith(ITEM):
        return "list"
    return "table" if CELL in line else "paragraph"


def _made(kind: str, lines: list[str]) -> Iterator[Block]:
    if kind == "heading":
        yield from (heading(line.removeprefix(HEADING).strip()) for line in lines)
    elif kind == "list":
        yield bullets(*(line.removeprefix(ITEM).strip() for line in lines))
    elif kind == "table":
        yield _table(lines)
    elif kind == "paragraph":
        yield paragraph("\n".join(lines))


def _table(lines: list[str]) -> Block:
    has_total = lines[-1].startswith(TOTAL)
    if has_total:
        lines = [*lines[:-1], lines[-1].removeprefix(TOTAL).strip()]
    rows = [tuple(cell.strip() for cell in line.split(CELL)) for line in lines]
    width = max(map(len, rows))
    return table(*(row + ("",) * (width - len(row)) for row in rows), total=has_total)
