"""Words looked for in what a person wrote, and what was written around them, as it was written."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property

from mediane.kit.text import fold

WORD = re.compile(r"[^\W_]+")
SENTENCE = re.compile(r"[.!?;:\n](\s|$)|\n")
# « Pas d’… », « aucune … », « aucune menace d’… »: plain words of denial, right before what is denied.
DENIAL = re.compile(
    r"\n(?:pas\nde?|jamais(?:\neu)?\nde?|aucune?)"
    r"(?:\n(?:menace|risque|procedure|avis)s?\nde?)?\Z"
)
LONGEST_DENIAL = 40
AROUND = 4
LONGEST = 180


@dataclass(frozen=True)
class Reading:
    """A text cut into words once: each with its folded form and its place."""

    text: str
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]

    @cached_property
    def lines(self) -> str:
        """The folded words, one a line: no word holds a line break."""
        return "\n".join(("", *self.words, ""))

    def place_of(self, phrases: tuple[str, ...], *, unless_denied: bool = False) -> tuple[int, int] | None:
        """The first and the last word of the first phrase met."""
        if not phrases:
            return None
        for found in _any_of(phrases).finditer(self.lines):
            first = self.lines.count("\n", 0, found.start())
            if not (unless_denied and self._is_denied(first, found.start())):
                return first, first + found[0].count("\n") - 1
        return None

    def _is_denied(self, place: int, start: int) -> bool:
        """Whether the same sentence says right before that it is not so."""
        denial = DENIAL.search(self.lines, max(0, start - LONGEST_DENIAL), start)
        if denial is None:
            return False
        return not any(_ends_between(self, place - n) for n in range(1, denial[0].count("\n") + 1))


def read(text: str) -> Reading:
    composed = unicodedata.normalize("NFC", text)
    spans = [found.span() for found in WORD.finditer(composed)]
    return Reading(composed, tuple(fold(composed[start:end]) for start, end in spans), tuple(spans))


def first_found(reading: Reading, phrases: tuple[str, ...], *, unless_denied: bool = False) -> str:
    """The words of the person around the first phrase met; empty when none is.

    A phrase is folded words; one that ends in `*` stands for all that begin so. With `unless_denied`,
    one that a plain denial precedes is passed over: « pas d’expulsion », « aucune menace d’expulsion ».
    """
    place = reading.place_of(phrases, unless_denied=unless_denied)
    return _around(reading, *place) if place else ""


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Every phrase in one expression: at a same place the first of the list wins."""
    wanted = (re.escape(phrase).replace(r"\*", r"[^\n]*").replace(r"\ ", r"\n") for phrase in phrases)
    return re.compile(rf"\n(?:{'|'.join(wanted)})(?=\n)")


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
