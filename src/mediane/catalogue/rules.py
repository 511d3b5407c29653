"""Below how many people a number is not told: one dated rule for everything that is published."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """From a day on, the smallest number of requests or people that is told apart, zero excepted."""

    smallest: int
    effective_from: date
    source: str


THRESHOLDS = (
    Threshold(
        smallest=11,
        effective_from=date(2026, 1, 1),
        source="Choix de Médiane, le plus prudent des usages du secret statistique. Ni la Cnaf ni la CNIL"
        " n’en ont fixé pour la médiation\u00a0: à confirmer par le délégué à la protection des données.",
    ),
)


def threshold_on(day: date) -> Threshold:
    """In force the day a table is told, whatever the period it counts; the first one for a day before."""
    begun = [one for one in THRESHOLDS if one.effective_from <= day]
    return max(begun, key=lambda one: one.effective_from) if begun else THRESHOLDS[0]
