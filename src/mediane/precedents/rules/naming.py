"""What in a summary would tell who it is about: other Cafs must learn from a case, not of a person.

An aid to whoever rereads, sure of nothing: a story may be recognised without any name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mediane.kit.references import PATTERN
from mediane.kit.text import fold

SHORTEST, LONGEST = 60, 600
SHORTEST_NAME = 3
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_WAYS = "rue|avenue|boulevard|allée|impasse|chemin|quai|square|résidence|lotissement|bâtiment|appartement"
# A sum in euros may have as many digits as a file number.
_EUROS = re.compile(r"\d[\d\s]*(?:,\d+)?\s?(?:€|euros?\b)")
_KINDS = (
    (re.compile(r"\S+@\S+"), "une adresse électronique"),
    (re.compile(PATTERN), "une référence de dossier"),
    (re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b"), "une date au jour près"),
    (re.compile(rf"\b\d{{1,2}}(?:er)?\s(?:{_MONTHS})\b", re.IGNORECASE), "une date au jour près"),
    (re.compile(r"\d(?:[\s.]?\d){4,}"), "un numéro"),
    (re.compile(rf"\b(?:{_WAYS})\s(?:de|du|des|d’|la|le|les|[A-Z\d])", re.IGNORECASE), "une adresse"),
    (re.compile(r"\b(?:M\.|Mme|Mlle|Madame|Monsieur|Maître|Docteur|Dr)\s[A-ZÉÈÀÎÔ]"), "un nom"),
)


@dataclass(frozen=True)
class Remark:
    what: str
    excerpt: str


def telling_who(text: str, names: Iterable[str]) -> list[Remark]:
    """Each passage that may identify somebody; `names` are those of the case, first and last."""
    without_sums = _EUROS.sub(lambda found: " " * len(found.group()), text)
    found = [
        Remark(what, match.group().strip())
        for pattern, what in _KINDS
        for match in pattern.finditer(without_sums)
    ]
    return found + list(_named(text, names))


def _named(text: str, names: Iterable[str]) -> Iterator[Remark]:
    known = {word for name in names for word in fold(name).split() if len(word) >= SHORTEST_NAME}
    for word in dict.fromkeys(re.findall(r"[^\W\d_]+", text)):
        if fold(word) in known:
            yield Remark("un nom du dossier", word)
