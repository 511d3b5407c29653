"""What is known of a household, and what may be believed of an amount that another program gives back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from mediane.entitlements.states import Disability, Housing, Right, Zone

ADULT, OLDEST = 16, 110
OLDEST_CHILD = 20
MOST_CHILDREN = 12
# Above, something is wrong with what was computed, or with what was typed.
MOST = Decimal(10_000)
CENT = Decimal("0.01")


class Unbelievable(Exception):
    """The other program gave something else than amounts of a month."""


@dataclass(frozen=True, kw_only=True)
class Household:
    """Of a whole month; amounts are net euros a month, supposed the same for two years."""

    month: date
    age: int
    other_age: int | None
    children: tuple[int, ...]
    wages: Decimal
    unemployment: Decimal
    other_wages: Decimal
    other_unemployment: Decimal
    disability: Disability
    housing: Housing
    rent: Decimal
    zone: Zone

    @property
    def is_couple(self) -> bool:
        return self.other_age is not None

    def as_json(self) -> dict[str, Any]:
        plain = asdict(self)
        return {
            name: str(value) if isinstance(value, (date, Decimal)) else value for name, value in plain.items()
        }

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> "Household":
        """What `as_json` said."""
        amounts = ("wages", "unemployment", "other_wages", "other_unemployment", "rent")
        return cls(
            month=date.fromisoformat(told["month"]),
            age=told["age"],
            other_age=told["other_age"],
            children=tuple(told["children"]),
            disability=Disability(told["disability"]),
            housing=Housing(told["housing"]),
            zone=Zone(told["zone"]),
            **{name: Decimal(told[name]) for name in amounts},
        )


@dataclass(frozen=True, kw_only=True)
class CarriedEstimate:
    """An estimate that is done, as a case takes it to another Caf."""

    household: Household
    amounts: dict[Right, Decimal]
    asked_at: datetime
    asked_by: str
    ended_at: datetime
    computed_with: str


def amounts(told: Any) -> dict[Right, Decimal]:
    """Euros of the month, to the cent, for each right.

    :raises Unbelievable: for a right that is missing, no number, negative or over MOST.
    """
    if not isinstance(told, dict) or told.keys() != {right.value for right in Right}:
        raise Unbelievable("not the rights that were asked for")
    return {right: _amount(told[right.value]) for right in Right}


def _amount(told: Any) -> Decimal:
    if isinstance(told, bool) or not isinstance(told, (int, float)):
        raise Unbelievable("no number")
    try:
        value = Decimal(repr(told)).quantize(CENT)
        is_believable = 0 <= value <= MOST
    except InvalidOperation as error:
        raise Unbelievable("no finite number") from error
    if not is_believable:
        raise Unbelievable("out of bounds")
    return value
