"""Short references to read out and copy by hand, such as K7MQ-4TRX: seven symbols and a check."""

import re
import secrets
from collections.abc import Callable

# No 0 or O, no 1, I or L. 31 is prime: with weights all different and none null, any one
# wrong symbol and any two symbols swapped change the sum modulo 31, so both are always seen.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PATTERN = f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}"
WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 1)
# Any remainder would do; this one makes the specimen K7MQ-4TRX a valid reference.
REMAINDER = 9

_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_SHAPE = re.compile(PATTERN)


def make(choose: Callable[[str], str] = secrets.choice) -> str:
    """A new reference. Its symbols are drawn, so it tells neither order nor volume."""
    drawn = "".join(choose(ALPHABET) for _ in range(7))
    check = ALPHABET[(REMAINDER - _weigh(drawn)) % len(ALPHABET)]
    return f"{drawn[:4]}-{drawn[4:]}{check}"


def is_valid(text: str) -> bool:
    """Whether the text is a reference exactly as we write them: normalise what a person typed first."""
    return bool(_SHAPE.fullmatch(text)) and _weigh(text.replace("-", "")) % len(ALPHABET) == REMAINDER


def normalise(text: str) -> str:
    """What a person typed, as we write references: capitals, one dash, nothing else.

    A 0, O, 1, I or L is left as it is: none has a single look-alike in the alphabet,
    and a guess could open the file of somebody else.
    """
    symbols = "".join(symbol for symbol in text.upper() if symbol.isalnum())
    return f"{symbols[:4]}-{symbols[4:]}" if len(symbols) == 8 else symbols


def _weigh(symbols: str) -> int:
    return sum(weight * _VALUES[symbol] for weight, symbol in zip(WEIGHTS, symbols, strict=False))
