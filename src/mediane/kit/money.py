"""Euros: decimals in, « 1 092 385,18 € » out, and back."""

import re
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
# Spaces only where thousands are: « 12 50 » must not become 1 250 €.
_AMOUNT = re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:[.,](?P<cents>[0-9]{1,2}))?")
_UNIT = re.compile(r" ?(?:€|euros?)$", re.IGNORECASE)
_MOST_DIGITS = 9


def euros(amount: Decimal) -> str:
    rounded = amount.quantize(CENT, rounding=ROUND_HALF_UP)
    minus = "−" if rounded < 0 else ""
    digits = f"{abs(rounded):,.2f}".replace(",", "\u00a0").replace(".", ",")
    return f"{minus}{digits}\u00a0€"


def parse_euros(text: str) -> Decimal:
    """The amount a person typed.

    :raises ValueError: with the French sentence to show beside the field.
    """
    plain = _UNIT.sub("", " ".join(text.split()))
    if plain.startswith(("-", "−")):
        raise ValueError("Indiquez un montant sans signe moins.")
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise ValueError("Indiquez un montant en euros, par exemple 1842,60.")
    whole = found["whole"].replace(" ", "").lstrip("0") or "0"
    if len(whole) > _MOST_DIGITS:
        raise ValueError("Ce montant est trop grand. Vérifiez le nombre de chiffres.")
    return Decimal(f"{whole}.{(found['cents'] or '').ljust(2, '0')}")
