"""What changed between two texts, word by word, so that a person sees it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORDS = re.compile(r"\s+|[^\s\w]|\w+")
# A paragraph less alike than this is another one: read as taken out, then put in.
ALIKE = 0.5


@dataclass(frozen=True)
class Piece:
    kind: Literal["same", "removed", "added"]
    text: str


def differences(before: str, after: str) -> tuple[tuple[Piece, ...], ...]:
    """By lines: same and removed pieces are the text before, same and added ones the text after."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[tuple[Piece, ...]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [(Piece("same", line),) for line in old[a:b]]
        else:
            lines += _replaced(old[a:b], new[c:d])
    return tuple(lines)


def around(lines: Sequence[tuple[Piece, ...]]) -> list[tuple[Piece, ...] | None]:
    """The lines that changed and the one before and after; None where others are left out."""
    changed = {n for n, line in enumerate(lines) if any(piece.kind != "same" for piece in line)}
    near = sorted(n for n in range(len(lines)) if {n - 1, n, n + 1} & changed)
    shown: list[tuple[Piece, ...] | None] = []
    for before, n in zip([-1, *near], near, strict=False):
        shown += [None, lines[n]] if n > before + 1 else [lines[n]]
    return [*shown, None] if near and near[-1] < len(lines) - 1 else shown


def _replaced(old: list[str], new: list[str]) -> Iterator[tuple[Piece, ...]]:
    """Lines that look alike are compared by words, in order; the others come whole."""
    left = list(new)
    for line in old:
        place = next((n for n, other in enumerate(left) if _are_alike(line, other)), None)
        if place is None:
            yield (Piece("removed", line),)
            continue
        yield from ((Piece("added", other),) for other in left[:place])
        yield tuple(_by_words(line, left[place]))
        left = left[place + 1 :]
    yield from ((Piece("added", other),) for other in left)


def _are_alike(line: str, other: str) -> bool:
    if not line.strip() or not other.strip():
        return line == other
    return SequenceMatcher(None, WORDS.findall(line), WORDS.findall(other), autojunk=False).ratio() >= ALIKE


def _by_words(line: str, other: str) -> Iterator[Piece]:
    old, new = WORDS.findall(line), WORDS.findall(other)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if a < b:
            yield Piece("removed", "".join(old[a:b]))
        if c < d:
            yield Piece("added", "".join(new[c:d]))
