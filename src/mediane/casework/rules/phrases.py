"""Words looked for in what a person wrote, and what was written around them, as it was written."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from mediane.kit.text import fold

WORD = re.compile(r"[^\W_]+")
SENTENCE = re.compile(r"[.!?;:\n](\s|$)|\n")
AROUND = 4
LONGEST = 180


@dataclass(frozen=True)
class Reading:
    """A text cut into words once: each with its folded form and its place."""

    text: str
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]


def read(text: str) -> Reading:
    composed = unicodedata.normalize("NFC", text)
    spans = [found.span() for found in WORD.finditer(composed)]
    return Reading(composed, tuple(fold(composed[start:end]) for start, end in spans), tuple(spans))


def first_found(reading: Reading, phrases: Iterable[str]) -> str:
    """The words of the person around the first phrase met; empty when none is.

    A phrase is folded words; one that ends in `*` stands for all that begin so.
    """
    wanted = [tuple(phrase.split()) for phrase in phrases]
    for place in range(len(reading.words)):
        for phrase in wanted:
            if _stands_at(reading.words, place, phrase):
                return _around(reading, place, place + len(phrase) - 1)
    return ""


def _stands_at(words: tuple[str, ...], place: int, phrase: tuple[str, ...]) -> bool:
    there = words[place : place + len(phrase)]
    return len(there) == len(phrase) and all(map(_is, there, phrase))


def _is(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def _around(reading: Reading, first: int, last: int) -> str:
    """A few words before and after, of the same sentence; « … » where the sentence goes on."""
    begins, ends = first, last
    while begins > max(0, first - AROUND) and not _ends_between(reading, begins - 1):
        begins -= 1
    while ends < min(len(reading.words) - 1, last + AROUND) and not _ends_between(reading, ends):
        ends += 1
    shown = " ".join(reading.text[reading.places[begins][0] : reading.places[ends][1]].split())
    before = "…" if begins and not _ends_between(reading, begins - 1) else ""
    after = "…" if ends < len(reading.words) - 1 and not _ends_between(reading, ends) else ""
    return f"{before}{shown[:LONGEST]}{after}"


def _ends_between(reading: Reading, place: int) -> bool:
    """Whether a sentence ends between a word and the next."""
    return bool(SENTENCE.search(reading.text, reading.places[place][1], reading.places[place + 1][0]))
