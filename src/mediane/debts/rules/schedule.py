"""One single deduction for all debts: the oldest first, of the same day the smaller first (CSS, D. 553-4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mediane.kit.months import month_of, months_later

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Debt:
    name: str
    since: date
    amount: Decimal


@dataclass(frozen=True)
class Month:
    """What is taken in a month, on which debts, and what is left of all."""

    month: date
    taken: tuple[tuple[str, Decimal], ...]
    left: Decimal

    @property
    def amount(self) -> Decimal:
        return sum((amount for _, amount in self.taken), NOTHING)


@dataclass(frozen=True)
class End:
    """The month in which a debt is paid, counted from one."""

    debt: Debt
    rank: int
    month: date


def in_order(debts: Sequence[Debt]) -> list[Debt]:
    return sorted(debts, key=lambda debt: (debt.since, debt.amount, debt.name))


def ends(debts: Sequence[Debt], amount: Decimal, first: date) -> list[End]:
    """When each debt is paid, in the order in which they are. `amount` is above zero."""
    found, total = [], NOTHING
    for debt in in_order(debts):
        total += debt.amount
        whole, part = divmod(total, amount)
        rank = int(whole) + bool(part)
        found.append(End(debt, rank, months_later(month_of(first), rank - 1)))
    return found


def schedule(debts: Sequence[Debt], amount: Decimal, first: date, *, most: int) -> list[Month]:
    """Month by month until nothing is owed, or for as many months as are asked; what one debt does not
    take of a month goes to the next. `amount` is above zero."""
    owed = [(debt.name, debt.amount) for debt in in_order(debts)]
    found: list[Month] = []
    while owed and len(found) < most:
        room, taken = amount, []
        while owed and room:
            name, left = owed[0]
            paid = min(left, room)
            taken.append((name, paid))
            room -= paid
            owed[0] = (name, left - paid)
            if paid == left:
                owed.pop(0)
        left_of_all = sum((left for _, left in owed), NOTHING)
        found.append(Month(months_later(month_of(first), len(found)), tuple(taken), left_of_all))
    return found
