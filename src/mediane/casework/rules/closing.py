"""What is still to be said before a case is closed by its reply."""

from dataclasses import dataclass
from enum import StrEnum


class Point(StrEnum):
    OUTCOME = "outcome"
    CAUSE = "cause"
    REASON = "reason"
    ERROR = "error_type"
    SERVICE = "service"
    MONEY = "money"
    RECOMMENDATION = "recommendation"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is known at this moment of the closing."""

    has_outcome: bool = False
    has_cause: bool = False
    offers_reasons: bool = False
    has_reason: bool = False
    has_error_type: bool = False
    is_error: bool = False
    has_service: bool = False
    # Lines recorded, or « aucun effet financier ».
    has_money: bool = False
    has_recommendation: bool = False


@dataclass(frozen=True)
class Item:
    point: Point
    words: str
    is_done: bool
    is_optional: bool = False

    @property
    def stops(self) -> bool:
        return not self.is_done and not self.is_optional


def checklist(said: Said) -> list[Item]:
    """In the order of the page; what does not concern this case is left out."""
    items = [
        Item(Point.OUTCOME, "Le résultat de la médiation", said.has_outcome),
        Item(Point.CAUSE, "La cause, telle que vous l’analysez", said.has_cause),
        Item(Point.ERROR, "L’erreur constatée, ou aucune", said.has_error_type),
        Item(Point.MONEY, "Les montants, ou aucun effet financier", said.has_money),
        Item(Point.RECOMMENDATION, "Une recommandation", said.has_recommendation, is_optional=True),
    ]
    if said.offers_reasons:
        items.insert(2, Item(Point.REASON, "La raison précise, pour cette prestation", said.has_reason))
    if said.is_error:
        items.insert(-2, Item(Point.SERVICE, "Le service concerné par l’erreur", said.has_service))
    return items
