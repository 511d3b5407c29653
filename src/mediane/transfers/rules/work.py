"""What the first Caf worked out, as a parcel holds it: plain values, read whole before a row is written."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mediane.appeals.rules.carried import CarriedDay
from mediane.appeals.states import Evidence, What
from mediane.debts.rules import kept
from mediane.entitlements.rules import CarriedEstimate, Household
from mediane.entitlements.states import Right


@dataclass(frozen=True)
class PackedTable:
    """The table of an overpayment as it was being written; `typed` as `debts` keeps it."""

    typed: str
    saved_at: datetime
    saved_by: str

    @property
    def opened(self) -> kept.Typed:
        return kept.typed_of(self.typed.encode())


@dataclass(frozen=True)
class PackedCalculation:
    """A deduction, and the number of the scale it was worked out by."""

    scale: int
    worked: str
    made_at: datetime
    made_by: str

    @property
    def opened(self) -> kept.Worked:
        return kept.worked_of(self.worked.encode())


@dataclass(frozen=True)
class PackedEstimate:
    household: str
    amounts: str
    asked_at: datetime
    asked_by: str
    ended_at: datetime
    computed_with: str

    @property
    def opened(self) -> CarriedEstimate:
        sums: dict[str, str] = json.loads(self.amounts)
        return CarriedEstimate(
            household=Household.of_json(json.loads(self.household)),
            amounts={Right(code): Decimal(value) for code, value in sums.items()},
            asked_at=self.asked_at,
            asked_by=self.asked_by,
            ended_at=self.ended_at,
            computed_with=self.computed_with,
        )


@dataclass(frozen=True)
class Work:
    """Calculations and estimates from the first to the last. What is under way stays where it was begun."""

    table: PackedTable | None
    calculations: list[PackedCalculation]
    days: list[CarriedDay]
    estimates: list[PackedEstimate]

    @property
    def brought(self) -> dict[str, int]:
        """How many of each, for the page of the case."""
        counted = {
            "table": int(self.table is not None),
            "calculations": len(self.calculations),
            "days": len(self.days),
            "estimates": len(self.estimates),
        }
        return {what: number for what, number in counted.items() if number}


def read_work(known: dict[str, Any]) -> Work:
    """:raises ArithmeticError, AttributeError, KeyError, TypeError, ValueError: if not ours."""
    table = known["table"] and PackedTable(**_timed(known["table"], "saved_at"))
    work = Work(
        table=table,
        calculations=[PackedCalculation(**_timed(one, "made_at")) for one in known["calculations"]],
        days=[_day(one) for one in known["days"]],
        estimates=[PackedEstimate(**_timed(one, "asked_at", "ended_at")) for one in known["estimates"]],
    )
    for one in (work.table, *work.calculations, *work.estimates):
        if one is not None:
            # Sealed again as it is opened: what does not open is found before a row is written.
            _ = one.opened
    return work


def _day(values: dict[str, Any]) -> CarriedDay:
    read = {
        "what": What(values["what"]),
        "on": date.fromisoformat(values["on"]),
        "evidence": Evidence(values["evidence"]),
    }
    return CarriedDay(**_timed(values, "noted_at") | read)


def _timed(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return values | {name: datetime.fromisoformat(values[name]) for name in names}
