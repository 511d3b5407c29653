"""A figure as it is shown: a title that says what it shows, a chart, its table, how it is counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from mediane.kit.french import NBSP, count, number
from mediane.kit.money import euros
from mediane.statistics.rules.comparing import percent_in_column
from mediane.statistics.rules.indicators import Indicator

Specification = Mapping[str, Any]
Cell = str | int | Decimal | None
Looks = tuple[tuple[str, str], ...]
NOT_KNOWN = "—"


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    EUROS = "euros"
    DAYS = "days"


@dataclass(frozen=True)
class Column:
    text: str
    kind: Kind = Kind.NUMBER


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def as_read(self) -> list[list[str]]:
        return [
            [shown(cell, column.kind) for cell, column in zip(row, self.columns, strict=True)]
            for row in self.rows
        ]


@dataclass(frozen=True)
class Drawing:
    """The same chart for a desk and for a telephone; `looks` are the words of its key."""

    wide: Specification
    narrow: Specification
    looks: Looks = ()

    @classmethod
    def of(
        cls, make: Callable[[int], Specification], *, wide: int, narrow: int, looks: Looks = ()
    ) -> "Drawing":
        """`make` draws for a width."""
        return cls(make(wide), make(narrow), looks)


@dataclass(frozen=True)
class Block:
    """One amount among several that stand apart."""

    label: str
    amount: str
    note: str
    drawing: Drawing | None


@dataclass(frozen=True, kw_only=True)
class Shown:
    code: str
    title: str
    counts: str
    table: Table
    indicators: tuple[Indicator, ...]
    drawing: Drawing | None
    nothing: str = ""
    blocks: tuple[Block, ...] = ()
    beside: str = ""

    @property
    def alternative(self) -> str:
        return f"{self.title}. {self.counts}. Les nombres sont dans le tableau."


def shown(cell: Cell, kind: Kind) -> str:
    if cell is None:
        return NOT_KNOWN
    if isinstance(cell, str):
        return cell
    if kind is Kind.PERCENT:
        return percent_in_column(Decimal(cell))
    if kind is Kind.EUROS:
        return euros(Decimal(cell))
    return count(int(cell), "jour", "jours") if kind is Kind.DAYS else number(int(cell))


def rounded(share: Decimal | None) -> str:
    """One decimal, as charts write it: « 45,1 % »."""
    if share is None:
        return NOT_KNOWN
    return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}".replace(".", ",") + f"{NBSP}%"


def as_cells(table: Table) -> list[list[Cell]]:
    """For a sheet: the heads, then numbers as numbers."""
    heads: list[Cell] = [_head(column) for column in table.columns]
    return [heads, *([*row] for row in table.rows)]


def _head(column: Column) -> str:
    units = {Kind.PERCENT: "en %", Kind.EUROS: "en euros", Kind.DAYS: "en jours"}
    return f"{column.text}, {units[column.kind]}" if column.kind in units else column.text


def as_texts(table: Table) -> list[list[str]]:
    """For a CSV read in France: a comma before decimals, nothing between thousands."""
    return [["" if cell is None else _text(cell) for cell in row] for row in as_cells(table)]


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else f"{cell}".replace(".", ",")


def table(columns: Sequence[Column | None], rows: Sequence[Sequence[Cell]]) -> Table:
    """A column that is None is left out, with its cells."""
    kept = [rank for rank, column in enumerate(columns) if column is not None]
    return Table(
        tuple(column for column in columns if column is not None),
        tuple(tuple(row[rank] for rank in kept) for row in rows),
    )
