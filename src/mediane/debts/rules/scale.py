"""The legal scale of deductions (CSS, D. 553-1, III): a fixed sum on the first slice, a share of each other.

The text says « la retenue forfaitaire opérée sur la tranche de revenus inférieure à… »: it is added to the
shares of the next slices. Each slice is rounded to the cent, half a cent upwards: what is shown adds up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from mediane.kit.french import NBSP
from mediane.kit.money import euros

NOTHING, CENT = Decimal(0), Decimal("0.01")


@dataclass(frozen=True)
class Slice:
    """Above `above` and up to `upto`, or without end; `rate` is a percentage."""

    above: Decimal
    upto: Decimal | None
    rate: Decimal


@dataclass(frozen=True)
class Scale:
    """In force from a day to another, both included. `flat` is taken on what is below the first slice."""

    valid_from: date
    valid_until: date
    flat: Decimal
    slices: tuple[Slice, ...]
    deemed: Decimal

    @property
    def floor(self) -> Decimal:
        return self.slices[0].above


@dataclass(frozen=True)
class Part:
    """What one slice of the income gives: the words, what is counted, and what is taken."""

    words: str
    counted: Decimal
    taken: Decimal


@dataclass(frozen=True)
class Deduction:
    income: Decimal
    parts: tuple[Part, ...]
    amount: Decimal

    @property
    def is_capped(self) -> bool:
        """The fixed sum would take more than the income: it takes it all, and somebody should look."""
        return self.amount < sum((part.taken for part in self.parts), NOTHING)


def deduction(scale: Scale, income: Decimal) -> Deduction:
    """What the scale takes a month on a weighted monthly income, never more than it."""
    below = min(income, scale.floor)
    parts = [Part(f"En dessous de {euros(scale.floor)}{NBSP}: somme fixe", below, scale.flat)]
    for one in scale.slices:
        counted = max(NOTHING, (income if one.upto is None else min(income, one.upto)) - one.above)
        taken = (counted * one.rate / 100).quantize(CENT, ROUND_HALF_UP)
        parts.append(Part(f"{rate_words(one.rate)} {_between(one)}", counted, taken))
    total = sum((part.taken for part in parts), NOTHING)
    return Deduction(income, tuple(parts), min(total, income))


def rate_words(rate: Decimal) -> str:
    """« 25 % », « 12,5 % »."""
    return f"{rate.normalize():f}".replace(".", ",") + f"{NBSP}%"


def slices_of(rows: Sequence[dict[str, Any]]) -> tuple[Slice, ...]:
    """As they are kept: amounts in words, the last one without an end."""
    return tuple(
        Slice(Decimal(one["above"]), Decimal(one["upto"]) if one["upto"] else None, Decimal(one["rate"]))
        for one in rows
    )


def slices_as_kept(slices: Sequence[Slice]) -> list[dict[str, str]]:
    return [
        {"above": str(one.above), "upto": "" if one.upto is None else str(one.upto), "rate": f"{one.rate:f}"}
        for one in slices
    ]


def faults(scale: Scale) -> list[str]:
    """What no order would say: slices that overlap or leave a hole, dates the wrong way round."""
    found = []
    if scale.valid_until < scale.valid_from:
        found.append("Le dernier jour vient avant le premier.")
    for one, following in zip(scale.slices, scale.slices[1:], strict=False):
        if one.upto is None or one.upto <= one.above or following.above != one.upto:
            found.append("Chaque tranche commence où finit la précédente, et finit plus haut.")
            break
    if scale.slices[-1].upto is not None:
        found.append("La dernière tranche n’a pas de fin.")
    if not all(0 < one.rate <= 100 for one in scale.slices):
        found.append("Un taux va de 0 à 100\u00a0%.")
    if scale.flat > scale.floor:
        found.append("La somme fixe dépasse le revenu en dessous duquel elle est retenue.")
    return found


def _between(one: Slice) -> str:
    if one.upto is None:
        return f"au-dessus de {euros(one.above)}"
    return f"de {euros(one.above)} à {euros(one.upto)}"
