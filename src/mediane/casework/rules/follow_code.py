"""The secret printed on the receipt of a request that came by post: fourteen symbols drawn, and a check."""

import secrets
from collections.abc import Callable
from datetime import timedelta

from mediane.kit.references import ALPHABET

GROUP, GROUPS = 5, 3
LENGTH = GROUP * GROUPS
# Fourteen symbols of 31: 69 bits. Nobody finds one by trying.
OPEN_AFTER_CLOSING = timedelta(days=60)


def draw(choose: Callable[[str], str] = secrets.choice) -> str:
    """A new code, as it is printed: « K7MQ4-TRX9H-JD2WP »."""
    drawn = "".join(choose(ALPHABET) for _ in range(LENGTH - 1))
    return _grouped(drawn + ALPHABET[-_weigh(drawn) % len(ALPHABET)])


def normalise(text: str) -> str:
    """What a person typed, as we print codes. No symbol is guessed: the paper has none that look alike."""
    symbols = "".join(symbol for symbol in text.upper() if symbol.isalnum())
    return _grouped(symbols) if len(symbols) == LENGTH else symbols


def is_well_copied(code: str) -> bool:
    """Whether the check holds: one wrong symbol, or two swapped neighbours, are seen before a try."""
    symbols = code.replace("-", "")
    is_ours = code == _grouped(symbols) and len(symbols) == LENGTH and set(symbols) <= set(ALPHABET)
    return is_ours and _weigh(symbols) % len(ALPHABET) == 0


def _grouped(symbols: str) -> str:
    return "-".join(symbols[at : at + GROUP] for at in range(0, len(symbols), GROUP))


def _weigh(symbols: str) -> int:
    """Weights 15 to 1: all different and none null modulo 31, as for references."""
    return sum((LENGTH - place) * ALPHABET.index(symbol) for place, symbol in enumerate(symbols))
