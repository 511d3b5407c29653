from datetime import date
from decimal import Decimal
from typing import Any

from mediane.entitlements.rules import Household
from mediane.entitlements.states import Disability, Housing, Zone

ALONE: dict[str, Any] = {
    "month": date(2026, 11, 1),
    "age": 38,
    "other_age": None,
    "children": (7,),
    "wages": Decimal(900),
    "unemployment": Decimal(0),
    "other_wages": Decimal(0),
    "other_unemployment": Decimal(0),
    "disability": Disability.NONE,
    "housing": Housing.EMPTY,
    "rent": Decimal(600),
    "zone": Zone.ONE,
}


def a_household(**differs: Any) -> Household:
    """A mother of one child who earns 900 € a month and rents in Paris, unless said otherwise."""
    return Household(**(ALONE | differs))
