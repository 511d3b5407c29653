"""Euros: decimals in, « 1 092 385,18 € » out."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def euros(amount: Decimal) -> str:
    rounded = amount.quantize(CENT, rounding=ROUND_HALF_UP)
    minus = "−" if rounded < 0 else ""
    digits = f"{abs(rounded):,.2f}".replace(",", "\u00a0").replace(".", ",")
    return f"{minus}{digits}\u00a0€"
