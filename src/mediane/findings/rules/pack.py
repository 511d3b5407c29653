"""The table of errors told to a service: by kind, by officer under a pseudonym, month by month."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Fault:
    """A closed case in which an error was found; codes of the catalogue, of the service for `officer`."""

    month: date
    error: str
    service: str
    officer: str = ""


@dataclass(frozen=True)
class Row:
    code: str
    numbers: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.numbers)


@dataclass(frozen=True)
class Table:
    """Rows by kind of error, the most frequent first."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def totals(self) -> tuple[int, ...]:
        return tuple(sum(row.numbers[rank] for row in self.rows) for rank in range(len(self.columns)))

    @property
    def total(self) -> int:
        return sum(self.totals)


def by_service(faults: Sequence[Fault]) -> Table:
    return _table(faults, lambda fault: fault.service, _most_frequent(fault.service for fault in faults))


def by_officer(faults: Sequence[Fault], mark: Callable[[str], str]) -> Table:
    """Only where an officer is known; nobody is named, and the order says nothing of the codes."""
    known = [fault for fault in faults if fault.officer]
    names = pseudonyms((fault.officer for fault in known), mark)
    return _table(known, lambda fault: names[fault.officer], sorted(names.values(), key=_rank))


def pseudonyms(codes: Iterable[str], mark: Callable[[str], str]) -> dict[str, str]:
    """« A », « B »… in the order of their marks, which only the pack can make again."""
    return {code: _letters(rank) for rank, code in enumerate(sorted(set(codes), key=mark))}


def by_month(faults: Iterable[Fault], months: Sequence[date]) -> list[int]:
    found = Counter(fault.month for fault in faults)
    return [found[month] for month in months]


def _table(faults: Sequence[Fault], column: Callable[[Fault], str], columns: Sequence[str]) -> Table:
    numbers = Counter((fault.error, column(fault)) for fault in faults)
    errors = _most_frequent(fault.error for fault in faults)
    rows = (Row(error, tuple(numbers[error, one] for one in columns)) for error in errors)
    return Table(tuple(columns), tuple(rows))


def _most_frequent(values: Iterable[str]) -> list[str]:
    return [value for value, _ in sorted(Counter(values).items(), key=lambda item: (-item[1], item[0]))]


def _letters(rank: int) -> str:
    before, last = divmod(rank, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _rank(letters: str) -> tuple[int, str]:
    return len(letters), letters
