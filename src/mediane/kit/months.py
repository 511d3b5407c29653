"""Months, each said by its first day, and years as an address may ask for them."""

from calendar import monthrange
from datetime import date


def month_of(day: date) -> date:
    return day.replace(day=1)


def add_months(on: date, number: int) -> date:
    """The same day of a later month, or its last day; earlier, with a negative number."""
    year, rank = divmod(on.year * 12 + on.month - 1 + number, 12)
    return date(year, rank + 1, min(on.day, monthrange(year, rank + 1)[1]))


def months_later(month: date, number: int) -> date:
    return add_months(month_of(month), number)


def next_month(month: date) -> date:
    return months_later(month, 1)


def months_apart(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def months_between(since: date, until: date) -> list[date]:
    """The last one excluded."""
    return [months_later(since, rank) for rank in range(months_apart(since, until))]


def year_among(text: str, first: int, last: int) -> int | None:
    """A year as typed, if it is one of those."""
    is_a_year = len(text) == 4 and text.isascii() and text.isdigit()
    return int(text) if is_a_year and first <= int(text) <= last else None
