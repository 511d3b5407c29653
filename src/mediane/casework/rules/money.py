"""What a mediation changed in euros: four amounts that never make up for one another, and facts beside."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from mediane.casework.states import Effect

# Counted as the impact of the mediation, each apart (activity report, « impact financier »).
BUCKETS = (
    Effect.BACK_PAYMENT,
    Effect.OVERPAYMENT_DETECTED,
    Effect.OVERPAYMENT_CANCELLED,
    Effect.DEBT_REMITTED,
)
# Told beside, and never added to them: the debt stays, its repayment changes.
BESIDE = (Effect.DEDUCTION_GIVEN_BACK, Effect.DEDUCTION_LOWERED, Effect.PLAN_EASED)
# As they are headed wherever they are added up.
NAMES = {
    Effect.BACK_PAYMENT: "Rappels de droits",
    Effect.OVERPAYMENT_DETECTED: "Trop-perçus détectés",
    Effect.OVERPAYMENT_CANCELLED: "Indus injustifiés, annulés",
    Effect.DEBT_REMITTED: "Dettes remises par la commission de recours amiable",
    Effect.DEDUCTION_GIVEN_BACK: "Retenues reversées",
    Effect.DEDUCTION_LOWERED: "Retenues mensuelles réduites",
    Effect.PLAN_EASED: "Remboursements mensuels allégés",
}
# What grows when the person gains, or when a debt is found; the others are what a debt or a deduction loses.
GROWING = (Effect.BACK_PAYMENT, Effect.OVERPAYMENT_DETECTED, Effect.DEDUCTION_GIVEN_BACK)


class Line(Protocol):
    """As stored; `pk` and `corrects_id` say which line stands for which."""

    pk: Any
    kind: Any
    amount: Any
    corrects_id: Any
    validated_by_id: Any


Stored = TypeVar("Stored", bound=Line)


def amount(kind: Effect, before: Decimal, after: Decimal) -> Decimal:
    """In euros, in the sense of the kind; negative when the two amounts say the contrary."""
    return after - before if kind in GROWING else before - after


def counted(lines: Iterable[Stored]) -> list[Stored]:
    """The lines that count: validated, and not replaced by a validated correction, near or far."""
    by_number = {line.pk: line for line in lines}
    valid = [line for line in by_number.values() if line.validated_by_id is not None]
    replaced = set()
    for line in valid:
        before = line.corrects_id
        while before is not None and before not in replaced:
            replaced.add(before)
            before = by_number[before].corrects_id
    return [line for line in valid if line.pk not in replaced]


def latest(lines: Iterable[Stored]) -> list[Stored]:
    """The lines that no other corrects, validated or not, but for those that cancelled theirs."""
    known = list(lines)
    corrected = {line.corrects_id for line in known}
    return [line for line in known if line.pk not in corrected and line.amount > 0]


def totals(lines: Iterable[Line]) -> Mapping[Effect, Decimal]:
    """Euros by kind, each apart; a kind without a line that counts is zero."""
    found = dict.fromkeys(Effect, Decimal(0))
    for line in counted(lines):
        found[Effect(line.kind)] += line.amount
    return found


def by_each(lines: Iterable[Stored], key: Callable[[Stored], str]) -> dict[str, dict[Effect, Decimal]]:
    """The same totals, for each key of the lines that count."""
    found: dict[str, dict[Effect, Decimal]] = {}
    for line in counted(lines):
        sums = found.setdefault(key(line), dict.fromkeys(Effect, Decimal(0)))
        sums[Effect(line.kind)] += line.amount
    return found
