"""Why precisely, benefit by benefit, in a paragraph drafted from the numbers: never more than they say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mediane.kit.french import count, join
from mediane.statistics.rules.comparing import FEWEST_FOR_A_PERCENTAGE, NBSP, percent
from mediane.statistics.rules.figures import UNNAMED, Line, ranked, share

# Named in the sentence; all are in the table.
MOST_NAMED = 3


@dataclass(frozen=True)
class Reasons:
    """Of one benefit: the requests handled, and those whose reason was said, as `ranked`."""

    benefit: str
    handled: int
    known: int
    lines: tuple[Line, ...]


def reasons_of(benefit: str, handled: int, numbers: Mapping[str, int]) -> Reasons:
    """Shares are of the requests whose reason was said: one a request."""
    known = sum(numbers.values())
    lines = tuple(Line(code, number, share(number, known)) for code, number in ranked(numbers) if number)
    return Reasons(benefit, handled, known, lines)


def drafted(reasons: Reasons, label: Callable[[str], str]) -> str:
    """« AAH : la raison précise est connue pour 40 des 52 saisines traitées. La plus fréquente… »"""
    if not reasons.handled:
        return f"{reasons.benefit}{NBSP}: aucune saisine traitée."
    handled = count(reasons.handled, "saisine traitée", "saisines traitées")
    if not reasons.lines:
        return f"{reasons.benefit}{NBSP}: {handled}, sans raison précise notée."
    named = [line for line in reasons.lines if line.code not in UNNAMED]
    said = [_known(reasons, handled), _most(reasons, named, label), _unnamed(reasons)]
    return f"{reasons.benefit}{NBSP}: {' '.join(filter(None, said))}"


def _known(reasons: Reasons, handled: str) -> str:
    if reasons.known == reasons.handled:
        return f"{handled}, la raison précise est toujours connue."
    known = count(reasons.known, "saisine", "saisines")
    return f"{handled}, la raison précise est connue pour {known}."


def _most(reasons: Reasons, named: list[Line], label: Callable[[str], str]) -> str:
    if not named:
        return ""
    first = named[0]
    if len(named) == 1:
        return f"Une seule est notée{NBSP}: {_said(first, reasons.known, label)}."
    tied = [line for line in named if line.number == first.number]
    if len(tied) > MOST_NAMED:
        return "Aucune ne se détache."
    if len(tied) > 1:
        equals = join([f"«{NBSP}{label(line.code)}{NBSP}»" for line in tied])
        return f"Les plus fréquentes, à égalité{NBSP}: {equals}, {_amount(first, reasons.known)} chacune."
    said = f"La plus fréquente est {_said(first, reasons.known, label)}"
    others = [line for line in named[1:MOST_NAMED] if line.number > _last(named)]
    if not others:
        return f"{said}."
    return f"{said}, devant {join([_said(line, reasons.known, label) for line in others])}."


def _last(named: list[Line]) -> int:
    """What comes after those that are named: a line as frequent as that one is not named before it."""
    after = named[MOST_NAMED:]
    return after[0].number if after else 0


def _unnamed(reasons: Reasons) -> str:
    """Reasons outside the list are no reason of their own: said last, however many."""
    number = sum(line.number for line in reasons.lines if line.code in UNNAMED)
    if not number:
        return ""
    amount = _amount(Line("", number, share(number, reasons.known)), reasons.known)
    return f"Hors de la liste{NBSP}: {amount}."


def _said(line: Line, known: int, label: Callable[[str], str]) -> str:
    return f"«{NBSP}{label(line.code)}{NBSP}» ({_amount(line, known)})"


def _amount(line: Line, known: int) -> str:
    """A share of few requests would say more than it knows."""
    if known < FEWEST_FOR_A_PERCENTAGE or line.share is None:
        return count(line.number, "saisine", "saisines")
    return percent(line.share)
