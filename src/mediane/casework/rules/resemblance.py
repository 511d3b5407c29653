"""How two requests resemble each other: reasons in words. What they are is for a human to say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from mediane.kit.french import count, long_date
from mediane.kit.text import fold

SHINGLE = 3  # words
NEAR_TEXT = 0.5
NEAR_DECISION = 0.6
CLOSE_DAYS = 31


class Strength(IntEnum):
    NONE = 0
    FAINT = 1
    CLEAR = 2
    STRONG = 3

    @property
    def words(self) -> str:
        return ("sans rapport", "ressemblance légère", "ressemblance nette", "ressemblance forte")[self]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is compared of a request; `person` is the number of whoever asks, the rest in words."""

    person: int
    benefits: frozenset[str]
    grounds: frozenset[str]
    decision: str
    decision_on: date | None
    text: str
    received_on: date


@dataclass(frozen=True)
class Resemblance:
    reasons: tuple[str, ...]
    strength: Strength

    def __bool__(self) -> bool:
        """Whether there is anything to look at: the same person may ask about two subjects."""
        return self.strength > Strength.NONE


def resemblance(one: Asked, other: Asked) -> Resemblance:
    """The same whichever comes first."""
    found = list(_subject(one, other))
    if not found:
        return Resemblance((), Strength.NONE)
    if one.person == other.person:
        found.insert(0, ("Même personne", 1))
    if (apart := abs((one.received_on - other.received_on).days)) <= CLOSE_DAYS:
        found.append((_days_apart(apart), 1))
    weight = sum(weight for _, weight in found)
    strength = Strength.STRONG if weight >= 7 else Strength.CLEAR if weight >= 4 else Strength.FAINT
    return Resemblance(tuple(words for words, _ in found), strength)


def in_common(one: str, other: str) -> float:
    """The share of their runs of three words that two texts have in common."""
    mine, theirs = _shingles(one), _shingles(other)
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0


def _subject(one: Asked, other: Asked) -> Iterator[tuple[str, int]]:
    """Reasons that touch what is asked, each with its weight."""
    benefits, grounds = one.benefits & other.benefits, one.grounds & other.grounds
    if benefits and grounds:
        yield f"Même sujet\u00a0: {', '.join(sorted(benefits))}, {', '.join(sorted(grounds)).lower()}", 2
    elif benefits:
        yield f"Même prestation\u00a0: {', '.join(sorted(benefits))}", 1
    if decision := _same_decision(one, other):
        yield decision, 3
    if (share := in_common(one.text, other.text)) >= NEAR_TEXT:
        yield f"Textes presque identiques\u00a0: {round(100 * share)}\u00a0% en commun", 3


def _same_decision(one: Asked, other: Asked) -> str:
    mine, theirs = set(fold(one.decision).split()), set(fold(other.decision).split())
    is_near = bool(mine and theirs) and len(mine & theirs) / len(mine | theirs) >= NEAR_DECISION
    if one.decision_on is not None and other.decision_on is not None:
        if one.decision_on != other.decision_on or not (is_near or one.benefits & other.benefits):
            return ""
        return f"Même décision contestée, du {long_date(one.decision_on)}"
    return "Même décision contestée" if is_near else ""


def _days_apart(days: int) -> str:
    return f"Reçues à {count(days, 'jour', 'jours')} d’intervalle" if days else "Reçues le même jour"


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = fold(text).split()
    return frozenset(tuple(words[n : n + SHINGLE]) for n in range(max(1, len(words) - SHINGLE + 1))) - {()}
