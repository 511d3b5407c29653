"""Tables and calculations as they are kept, sealed: JSON with amounts in words, never as binary fractions."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mediane.debts.rules.overpayment import Explained, Line, Table
from mediane.debts.rules.scale import Deduction, Part
from mediane.debts.rules.schedule import Debt
from mediane.debts.rules.typed import Row

# What each is sealed under, with the key of its case.
EXPLANATION, CALCULATION = b"debts.explanation", b"debts.calculation"


class Resources(StrEnum):
    """Over what time the income was counted (D. 553-1, I)."""

    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class Typed:
    """A table being written; `benefit` is a code of the catalogue, or nothing."""

    rows: tuple[Row, ...] = ()
    benefit: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a deduction is worked out from. Without an income, the one that the scale deems; `real` is what
    the household really has in a month, if it is known."""

    first: date
    resources: Resources
    income: Decimal | None = None
    real: Decimal | None = None
    debts: tuple[Debt, ...] = field(default=())


@dataclass(frozen=True)
class Worked:
    asked: Asked
    deduction: Deduction


def typed_as_bytes(typed: Typed) -> bytes:
    return _bytes({"benefit": typed.benefit, "rows": [asdict(row) for row in typed.rows]})


def typed_of(data: bytes) -> Typed:
    kept = json.loads(data)
    return Typed(tuple(Row(**row) for row in kept["rows"]), kept["benefit"])


def explained_as_bytes(one: Explained) -> bytes:
    lines = [[line.month.isoformat(), str(line.due), str(line.paid), line.reason] for line in one.table.lines]
    return _bytes({"about": one.about, "words": one.words, "lines": lines})


def explained_of(data: bytes) -> Explained:
    kept = json.loads(data)
    lines = tuple(
        Line(date.fromisoformat(month), Decimal(due), Decimal(paid), reason)
        for month, due, paid, reason in kept["lines"]
    )
    return Explained(Table(lines), tuple(kept["words"]), kept["about"])


def worked_as_bytes(worked: Worked) -> bytes:
    asked, found = worked.asked, worked.deduction
    return _bytes(
        {
            "first": asked.first.isoformat(),
            "resources": asked.resources,
            "income": _amount(asked.income),
            "real": _amount(asked.real),
            "debts": [[debt.name, debt.since.isoformat(), str(debt.amount)] for debt in asked.debts],
            "counted": str(found.income),
            "parts": [[part.words, str(part.counted), str(part.taken)] for part in found.parts],
            "amount": str(found.amount),
        }
    )


def worked_of(data: bytes) -> Worked:
    kept = json.loads(data)
    asked = Asked(
        first=date.fromisoformat(kept["first"]),
        resources=Resources(kept["resources"]),
        income=_read(kept["income"]),
        real=_read(kept["real"]),
        debts=tuple(
            Debt(name, date.fromisoformat(since), Decimal(amount)) for name, since, amount in kept["debts"]
        ),
    )
    return Worked(asked, Deduction(Decimal(kept["counted"]), _parts(kept["parts"]), Decimal(kept["amount"])))


def _parts(rows: Sequence[Sequence[str]]) -> tuple[Part, ...]:
    return tuple(Part(words, Decimal(counted), Decimal(taken)) for words, counted, taken in rows)


def _amount(value: Decimal | None) -> str:
    return "" if value is None else str(value)


def _read(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _bytes(values: object) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
