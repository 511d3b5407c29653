"""What was due and what was paid, month by month: too much and too little are both said, each by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from mediane.kit.french import MONTHS, NBSP, count, join
from mediane.kit.money import euros
from mediane.kit.months import months_between, next_month

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One month; `month` is its first day."""

    month: date
    due: Decimal
    paid: Decimal
    reason: str = ""

    @property
    def difference(self) -> Decimal:
        """Above zero: paid in excess."""
        return self.paid - self.due


@dataclass(frozen=True)
class Table:
    """Lines in the order of their months, at least one, none twice the same month."""

    lines: tuple[Line, ...]

    @property
    def due(self) -> Decimal:
        return sum((line.due for line in self.lines), NOTHING)

    @property
    def paid(self) -> Decimal:
        return sum((line.paid for line in self.lines), NOTHING)

    @property
    def overpaid(self) -> Decimal:
        return sum((max(line.difference, NOTHING) for line in self.lines), NOTHING)

    @property
    def underpaid(self) -> Decimal:
        return sum((max(-line.difference, NOTHING) for line in self.lines), NOTHING)

    @property
    def rest(self) -> Decimal:
        """What is left once one is taken from the other, either way."""
        return self.overpaid - self.underpaid

    @property
    def months(self) -> list[date]:
        """From the first to the last, those without a line too."""
        return months_between(self.lines[0].month, next_month(self.lines[-1].month))

    @property
    def untold(self) -> list[date]:
        told = {line.month for line in self.lines}
        return [month for month in self.months if month not in told]


@dataclass(frozen=True)
class Explained:
    """A table with its words, as they are read; `about` names the benefit, if it is said."""

    table: Table
    words: tuple[str, ...]
    about: str = ""


def explained(table: Table, about: str = "") -> Explained:
    return Explained(table, words(table), about)


def month_name(month: date) -> str:
    """« mars 2024 »."""
    return f"{MONTHS[month.month - 1]}{NBSP}{month.year}"


def difference_words(amount: Decimal) -> str:
    """« +120,00 € », « −60,00 € »: never without its sign, unless there is none."""
    return f"+{euros(amount)}" if amount > 0 else euros(amount)


def words(table: Table) -> tuple[str, ...]:
    """The paragraph, in plain French: how much, which way, and why."""
    first = f"{_span(table).capitalize()}, la Caf vous a versé {euros(table.paid)}."
    said = [f"{first} Vous aviez droit à {euros(table.due)}.", *_both_ways(table)]
    if table.untold:
        said.append(f"Ce tableau ne dit rien de {join([month_name(month) for month in table.untold])}.")
    return tuple(said + _reasons(table))


def totals(table: Table) -> tuple[tuple[str, str], ...]:
    """Too much, too little, and what is left: three sums that are never made one."""
    return (
        ("Versé en trop", euros(table.overpaid)),
        ("Pas assez versé", euros(table.underpaid)),
        (_rest_label(table.rest), euros(abs(table.rest))),
    )


def alternative(table: Table) -> str:
    """What the picture shows, for whoever does not see it."""
    widest = max(table.lines, key=lambda line: abs(line.difference))
    return (
        f"Barres {_span(table)}{NBSP}: chaque mois, la somme due et la somme versée."
        f" Le plus grand écart est en {month_name(widest.month)}{NBSP}:"
        f" {euros(widest.paid)} versés pour {euros(widest.due)} dus. Le tableau donne chaque somme."
    )


def _both_ways(table: Table) -> list[str]:
    over = sum(line.difference > 0 for line in table.lines)
    under = sum(line.difference < 0 for line in table.lines)
    said = []
    if over:
        said.append(
            f"Pendant {count(over, 'mois', 'mois')}, elle vous a versé trop{NBSP}: {euros(table.overpaid)}."
        )
    if under:
        said.append(
            f"Pendant {count(under, 'mois', 'mois')}, elle ne vous a pas versé assez{NBSP}:"
            f" {euros(table.underpaid)}."
        )
    if over and under:
        said.append(f"Ces deux sommes sont comptées à part. {_what_is_left(table.rest)}")
    return said or ["Chaque mois, la somme versée est la somme due."]


def _what_is_left(rest: Decimal) -> str:
    if not rest:
        return "Elles sont égales."
    left = "versés en trop" if rest > 0 else "que la Caf ne vous a pas versés"
    return f"Si l’on retire l’une de l’autre, il reste {euros(abs(rest))} {left}."


def _rest_label(rest: Decimal) -> str:
    way = f"{NBSP}: versé en trop" if rest > 0 else f"{NBSP}: à vous verser" if rest < 0 else ""
    return f"Reste, si l’on retire l’un de l’autre{way}"


def _reasons(table: Table) -> list[str]:
    """Months that follow each other for the same reason are said together."""
    said = []
    for reason, group in groupby(table.lines, key=lambda line: line.reason):
        if reason:
            part = replace(table, lines=tuple(group))
            said.append(f"{_span(part).capitalize()}{NBSP}: {_sentence(reason)}")
    return said


def _sentence(reason: str) -> str:
    return reason if reason.endswith((".", "!", "?", "…")) else f"{reason}."


def _span(table: Table) -> str:
    """« en mars 2024 », « de janvier à mars 2024 », « de décembre 2023 à mars 2024 »."""
    first, last = table.lines[0].month, table.lines[-1].month
    if first == last:
        return f"en {month_name(first)}"
    began = MONTHS[first.month - 1] if first.year == last.year else month_name(first)
    return f"{_from(began)} à {month_name(last)}"


def _from(month: str) -> str:
    return f"d’{month}" if month[0] in "ao" else f"de {month}"


def lines_in_order(lines: Sequence[Line]) -> Table:
    return Table(tuple(sorted(lines, key=lambda line: line.month)))
