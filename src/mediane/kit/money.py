"""Euros as they read in French, and as people type them."""

import re
from decimal import Decimal

from mediane.kit.french import NBSP

# « 1 842,60 », « 1842,6 », « 1 842,60 € », « 1842.60 »: spaces of any kind between thousands.
TYPED = re.compile(r"(\d{1,3}(?: \d{3})+|\d+)(?:[,.](\d{1,2}))?(?: ?€| ?euros?)?", re.ASCII | re.IGNORECASE)


def euros(amount: Decimal) -> str:
    """« 1 842,60 € »."""
    written = f"{amount:,.2f}".replace(",", NBSP).replace(".", ",").replace("-", "−")
    return f"{written}{NBSP}€"


def read_euros(text: str) -> Decimal:
    """:raises ValueError: when it is not an amount of euros; nothing is guessed."""
    found = TYPED.fullmatch(" ".join(text.split()))
    if found is None:
        raise ValueError(f"not an amount of euros: {text}")
    return Decimal(f"{found[1].replace(' ', '')}.{(found[2] or '').ljust(2, '0')}")
