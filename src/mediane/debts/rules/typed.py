"""Rows as people type or paste them, and what they mean. Nothing is guessed; what is wrong says where."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mediane.debts.rules.overpayment import Line, Table, lines_in_order, month_name
from mediane.kit.french import MONTHS, NBSP
from mediane.kit.money import euros, read_euros
from mediane.kit.months import months_apart
from mediane.kit.text import fold

MOST_ROWS = 36
LONGEST_REASON = 160
LONGEST_CELL = 40
MOST_EUROS = Decimal(100_000)
# Beyond, a year was mistyped: even a fraud is not claimed further back than five.
OLDEST = 10 * 12
NUMBERED = re.compile(r"(?:\d{1,2} )?(\d{1,2}) (\d{4})", re.ASCII)  # 03/2024, 01/03/2024
BACKWARDS = re.compile(r"(\d{4}) (\d{1,2})(?: \d{1,2})?", re.ASCII)  # 2024-03, 2024-03-01
WORDED = re.compile(r"([a-z]+) (\d{4}|\d{2})", re.ASCII)  # mars 2024, mars-24
COLUMNS = {"month": "mois", "due": "dû", "paid": "versé", "given": "différence", "reason": "motif"}


@dataclass(frozen=True)
class Row:
    """As typed. `given` is a difference that came with what was pasted, and is not ours."""

    month: str = ""
    due: str = ""
    paid: str = ""
    reason: str = ""
    given: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.month or self.due or self.paid or self.reason)


@dataclass(frozen=True)
class Fault:
    """What is wrong in a cell; `rank` counts the rows from one."""

    rank: int
    column: str
    sentence: str

    def __str__(self) -> str:
        return f"Ligne{NBSP}{self.rank}, {COLUMNS[self.column]}{NBSP}: {self.sentence}"


@dataclass(frozen=True)
class Reading:
    """`table` is there when nothing is wrong and something is written."""

    table: Table | None
    faults: tuple[Fault, ...] = ()


class Unread(ValueError):
    """Carries the sentence."""


def read(rows: Sequence[Row], *, today: date) -> Reading:
    found: list[Fault] = []
    lines: dict[int, Line] = {}
    for rank, row in enumerate(rows, 1):
        if not row.is_blank:
            wrong, line = _line(rank, row, today)
            found += wrong
            if line is not None:
                lines[rank] = line
    found += _twice(lines)
    if len(rows) > MOST_ROWS:
        found.append(Fault(MOST_ROWS + 1, "month", f"{MOST_ROWS} lignes au plus. Retirez les dernières."))
    found.sort(key=lambda fault: fault.rank)
    is_whole = bool(lines) and not found
    return Reading(lines_in_order(list(lines.values())) if is_whole else None, tuple(found))


def read_month(text: str) -> date:
    """« mars 2024 », « mars-24 », « 03/2024 », « 2024-03 », or any day of it.

    :raises Unread: when it is none of these.
    """
    typed = fold(text)
    if found := NUMBERED.fullmatch(typed):
        return _month(int(found[2]), int(found[1]))
    if found := BACKWARDS.fullmatch(typed):
        return _month(int(found[1]), int(found[2]))
    if found := WORDED.fullmatch(typed):
        named = [rank for rank, name in enumerate(MONTHS, 1) if fold(name).startswith(found[1])]
        if len(found[1]) >= 3 and len(named) == 1:
            year = int(found[2])
            return _month(year if year > 99 else 2000 + year, named[0])
    raise Unread("écrivez le mois et l’année, ainsi\u00a0: mars 2024, 03/2024 ou 2024-03.")


def _month(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise Unread("le mois va de 1 à 12.")
    if year < 1:
        raise Unread("vérifiez l’année.")
    return date(year, month, 1)


def read_amount(text: str) -> Decimal:
    """:raises Unread: when it is not an amount of euros, or an unlikely one."""
    if not text:
        raise Unread("indiquez la somme, ou 0.")
    try:
        amount = read_euros(text)
    except ValueError as unread:
        raise Unread("écrivez la somme en euros, sans signe, ainsi\u00a0: 1\u00a0234,56.") from unread
    if amount >= MOST_EUROS:
        raise Unread("cette somme dépasse 100\u00a0000\u00a0€\u00a0: vérifiez la virgule.")
    return amount


def read_difference(text: str) -> Decimal | None:
    """With its sign, of any kind of dash; None when it is not an amount."""
    typed = text.strip()
    sign = -1 if typed[:1] in ("-", "−", "–") else 1
    try:
        return sign * read_euros(typed.lstrip("-−–+").strip())
    except ValueError:
        return None


def _line(rank: int, row: Row, today: date) -> tuple[list[Fault], Line | None]:
    wrong: list[Fault] = []

    def told(column: str, sentence: str) -> None:
        wrong.append(Fault(rank, column, sentence))

    month = due = paid = None
    try:
        month = _likely(read_month(row.month) if row.month else _no_month(), today)
    except Unread as unread:
        told("month", str(unread))
    try:
        due = read_amount(row.due)
    except Unread as unread:
        told("due", str(unread))
    try:
        paid = read_amount(row.paid)
    except Unread as unread:
        told("paid", str(unread))
    if len(row.reason) > LONGEST_REASON:
        told("reason", f"{LONGEST_REASON} caractères au plus.")
    if due is not None and paid is not None and row.given and read_difference(row.given) != paid - due:
        told("given", _not_ours(row.given, paid - due))
    if month is None or due is None or paid is None:
        return wrong, None
    return wrong, Line(month, due, paid, row.reason)


def _no_month() -> date:
    raise Unread("indiquez le mois.")


def _likely(month: date, today: date) -> date:
    if months_apart(today, month) > 0:
        raise Unread(f"{month_name(month)} est à venir\u00a0: vérifiez l’année.")
    if months_apart(month, today) > OLDEST:
        raise Unread("ce mois est trop ancien\u00a0: vérifiez l’année.")
    return month


def _not_ours(given: str, ours: Decimal) -> str:
    return (
        f"le tableur donne {given[:LONGEST_CELL]}, et versé moins dû font {euros(ours)}."
        " Corrigez les sommes, ou videz cette case."
    )


def _twice(lines: dict[int, Line]) -> list[Fault]:
    first: dict[date, int] = {}
    found = []
    for rank, line in lines.items():
        before = first.setdefault(line.month, rank)
        if before != rank:
            sentence = f"{month_name(line.month)} est déjà à la ligne\u00a0{before}."
            found.append(Fault(rank, "month", sentence))
    return found
