"""How a closed case resembles the one in hand: its codes, and the words few others use."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import fsum, log
from typing import TypeVar

Ending = TypeVar("Ending", bound=Hashable)

GROUND_WEIGHT, BENEFIT_WEIGHT, WORDS_WEIGHT = 3.0, 2.0, 4.0
# Under this, nothing but a benefit that thousands receive is shared.
LEAST = 2.5
# What more than this share of the others say too tells nothing.
COMMONPLACE = 0.5
MOST_WORDS_SAID = 6


@dataclass(frozen=True)
class Shape:
    """Of a case: codes of the catalogue, and stems of words. Only those the case in hand says too count."""

    key: int
    benefits: frozenset[str]
    grounds: frozenset[str]
    stems: frozenset[str]


@dataclass(frozen=True)
class Likeness:
    """`stems` are the telling ones, the rarest first."""

    key: int
    weight: float
    benefits: frozenset[str]
    grounds: frozenset[str]
    stems: tuple[str, ...]


def alike(mine: Shape, others: Sequence[Shape], *, most: int) -> list[Likeness]:
    """Those that resemble the case enough, the closest first; among equals, in the order given."""
    rarity = _rarity(mine, others)
    found = (_compared(mine, other, rarity) for other in others)
    return sorted((one for one in found if one.weight >= LEAST), key=lambda one: -one.weight)[:most]


def _rarity(mine: Shape, others: Sequence[Shape]) -> dict[str, float]:
    """What a word of the case weighs: the rarer among the others, the more."""
    said = Counter(stem for other in others for stem in other.stems & mine.stems)
    several = len(others)
    return {
        stem: log((several + 1) / number)
        for stem, number in said.items()
        if several < 3 or number <= COMMONPLACE * several
    }


def _compared(mine: Shape, other: Shape, rarity: dict[str, float]) -> Likeness:
    benefits, grounds = mine.benefits & other.benefits, mine.grounds & other.grounds
    telling = sorted(other.stems & rarity.keys(), key=lambda stem: (-rarity[stem], stem))
    whole = fsum(rarity.values())
    words = fsum(rarity[stem] for stem in telling) / whole if whole else 0.0
    weight = (
        BENEFIT_WEIGHT * _share(benefits, mine.benefits | other.benefits)
        + GROUND_WEIGHT * _share(grounds, mine.grounds | other.grounds)
        + WORDS_WEIGHT * words
    )
    return Likeness(other.key, weight, benefits, grounds, tuple(telling))


def _share(common: frozenset[str], whole: frozenset[str]) -> float:
    return len(common) / len(whole) if whole else 0.0


def endings(outcomes: Iterable[Ending]) -> list[tuple[Ending, int]]:
    """How many ended in each way, the most frequent first; in the order met among equals."""
    return Counter(outcomes).most_common()
