"""The explanation of an overpayment as pages show it: its two pictures, each with what it shows in words."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mediane.debts.rules.overpayment import Explained, alternative, difference_words, month_name, totals
from mediane.debts.rules.picture import narrow, wide


@dataclass(frozen=True)
class ShownLine:
    month: str
    due: Decimal
    paid: Decimal
    difference: str
    reason: str


@dataclass(frozen=True)
class Shown:
    about: str
    words: tuple[str, ...]
    pictures: list[SafeString]
    lines: list[ShownLine]
    due: Decimal
    paid: Decimal
    totals: tuple[tuple[str, str], ...]


def shown(one: Explained | None) -> Shown | None:
    if one is None:
        return None
    table = one.table
    lines = [
        ShownLine(month_name(line.month), line.due, line.paid, difference_words(line.difference), line.reason)
        for line in table.lines
    ]
    return Shown(one.about, one.words, _pictures(one), lines, table.due, table.paid, totals(table))


def _pictures(one: Explained) -> list[SafeString]:
    """For a wide page, and for a telephone; one of them is hidden, its words with it."""
    said = alternative(one.table)
    return [
        _named(wide(one.table, name="trop-percu"), "wide", said),
        _named(narrow(one.table, name="trop-percu-etroit"), "narrow", said),
    ]


def _named(svg: str, look: str, said: str) -> SafeString:
    named = f'<svg class="m-bars m-bars--{look}" role="img" aria-label="{escape(said)}" focusable="false"'
    return mark_safe(svg.replace("<svg", named, 1))  # noqa: S308 — numbers and names of months only
