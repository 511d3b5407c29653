"""What the notice of admissibility does to the period for going to court, by date.

An aid to the mediator, in words: no date computed from it is ever shown to a beneficiary.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Effect(StrEnum):
    SUSPENSION = "suspension"
    INTERRUPTION = "interruption"


@dataclass(frozen=True)
class AppealEffect:
    effective_from: date
    effect: Effect
    short: str
    words: str
    source: str


EFFECTS = (
    AppealEffect(
        date.min,
        Effect.SUSPENSION,
        "suspendu",
        "le reste du délai repartira à la fin de la médiation",
        "Article L. 217-7-1 du code de la sécurité sociale, rédaction de 2018.",
    ),
    AppealEffect(
        date(2026, 5, 28),
        Effect.INTERRUPTION,
        "interrompu",
        "un nouveau délai entier partira à la fin de la médiation",
        "Article L. 421-3 du code des relations entre le public et l’administration, "
        "issu de la loi n° 2026-403 du 26 mai 2026, en vigueur depuis le 28 mai 2026.",
    ),
)


def effect_on(engaged_on: date) -> AppealEffect:
    """The effect of a mediation engaged on a day: the latest rule to have begun."""
    begun = [effect for effect in EFFECTS if effect.effective_from <= engaged_on]
    return max(begun, key=lambda effect: effect.effective_from)
