"""Whether a letter is plain: it is explained where and why, and nothing here stops a signature."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mediane.correspondence.rules.jargon import jargon_in

LONGEST_SENTENCE = 30
LONGEST_EASY, LONGEST_EASY_SENTENCE = 110, 15
EASY = "Version facile à lire"
HEADING = "## "
WORD = re.compile(r"\w[\w’'-]*")
# A sentence ends before a capital: « art. 3 » or « M. Dupont » ends none.
END = re.compile(r"(?<!\b[A-Z]\.)(?<=[.!?…])\s+(?=[«\u00a0\s]*[A-ZÀ-ÖØ-Þ])")
PASSIVE = re.compile(
    r"\b(?:a|ont|avait|avaient|aura|auront)(?: pas)? été(?: \w+ment)? \w+(?:é|i|u|t|s)(?:e|s|es)?\b"
    r"|\b(?:est|sont|sera|seront|était|étaient)(?: \w+ment)? \w+(?:é|i|is|it|u|ert)(?:e|s|es)? par\b",
    re.IGNORECASE,
)
AMOUNT = re.compile(r"\d[\d \u00a0\u202f]*(?:,\d\d)?[ \u00a0\u202f]?€")
# What shows where a sum comes from.
EXPLAINS = re.compile(
    r"\b(?:car|parce que|puisque|donc|calcul\w*|compt\w+|correspond\w*|différence|soit|moins|plus que|plafond"
    r"|au lieu de|chaque mois|par mois|erreur|annul\w+|déjà vers\w+)\b|[=|×]",
    re.IGNORECASE,
)
LAW = re.compile(r"\b(?:articles?|codes? d|lois?|décret|règle\w*|[LRD]\.? ?\d{3})", re.IGNORECASE)
REASON = re.compile(
    r"\b(?:car\b|parce qu|puisqu|en raison|à cause|motif|constat|vérifi|compar|règle|calcul|erreur|expli"
    r"|pourquoi|donc\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Remark:
    """`place` is where to look: the heading above, then the first words."""

    sentence: str
    stops: bool = False
    place: str = ""


@dataclass(frozen=True)
class Part:
    """What stands under one heading; the beginning has none."""

    heading: str
    lines: tuple[str, ...]

    def at(self, words: str) -> str:
        where = f"Sous «\u00a0{self.heading}\u00a0»" if self.heading else "Au début"
        return f"{where}\u00a0: {excerpt(words)}"


def plain_remarks(body: str) -> list[Remark]:
    """Every remark on how a letter reads, in the order of its text."""
    return [remark for part in parts(body) for remark in _of(part)]


def easy_remarks(easy: str) -> list[Remark]:
    """Of the easy version: one sheet in large print, short sentences, no word of the house."""
    remarks = []
    length = len(WORD.findall(easy))
    if length > LONGEST_EASY:
        said = f"Elle a {length} mots\u00a0: gardez l’essentiel, {LONGEST_EASY} au plus."
        remarks.append(Remark(said, place=EASY))
    for sentence in (one for line in easy.splitlines() for one in sentences(line)):
        place = f"{EASY}\u00a0: {excerpt(sentence)}"
        if len(WORD.findall(sentence)) > LONGEST_EASY_SENTENCE:
            said = f"Phrase longue pour une lecture facile\u00a0: {LONGEST_EASY_SENTENCE} mots au plus."
            remarks.append(Remark(said, place=place))
        remarks += [Remark(_plainly(*met), place=place) for met in jargon_in(sentence)]
    return remarks


def excerpt(words: str) -> str:
    """Its first words, between quotes."""
    first, more = words.split()[:8], "…" if len(words.split()) > 8 else ""
    return f"«\u00a0{' '.join(first)}{more}\u00a0»"


def _plainly(word: str, plain: str) -> str:
    return f"«\u00a0{word}\u00a0» se dit mieux\u00a0: «\u00a0{plain}\u00a0»."


def parts(body: str) -> list[Part]:
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in (line.strip() for line in body.splitlines()):
        if line.startswith(HEADING):
            found.append((line.removeprefix(HEADING).strip(), []))
        elif line:
            found[-1][1].append(line)
    return [Part(heading, tuple(lines)) for heading, lines in found]


def sentences(line: str) -> list[str]:
    return [sentence.strip() for sentence in END.split(line) if sentence.strip()]


def _of(part: Part) -> Iterator[Remark]:
    for line in part.lines:
        if "|" not in line:
            for sentence in sentences(line.removeprefix("- ")):
                yield from _of_a_sentence(part, sentence)
    whole = " ".join(part.lines)
    amount = AMOUNT.search(whole)
    if amount is not None and not EXPLAINS.search(whole):
        said = f"La somme de {amount[0]} n’est pas expliquée\u00a0: dites d’où elle vient."
        yield Remark(said, place=part.at(next(line for line in part.lines if AMOUNT.search(line))))


def _of_a_sentence(part: Part, sentence: str) -> Iterator[Remark]:
    length = len(WORD.findall(sentence))
    if length > LONGEST_SENTENCE:
        said = f"Phrase longue\u00a0: {length} mots. Coupez-la en deux."
        yield Remark(said, place=part.at(sentence))
    for word, plain in jargon_in(sentence):
        yield Remark(_plainly(word, plain), place=part.at(sentence))
    if passive := PASSIVE.search(sentence):
        said = (
            f"«\u00a0{passive[0]}\u00a0» ne dit pas qui agit\u00a0: écrivez plutôt «\u00a0la Caf a…\u00a0»."
        )
        yield Remark(said, place=part.at(sentence))
