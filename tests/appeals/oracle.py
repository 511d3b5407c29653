"""The same periods, counted another way: one day after the other, with no arithmetic but « the next day ».

It shares nothing with the rules but their data: neither `add_months` nor `workdays`.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from mediane.appeals.rules.law import Path

NEXT = timedelta(days=1)
# Read on a printed calendar.
HOLIDAYS_2026 = {
    *(date(2026, 1, 1), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14)),
    *(date(2026, 5, 25), date(2026, 7, 14), date(2026, 8, 15), date(2026, 11, 1), date(2026, 11, 11)),
    date(2026, 12, 25),
}


def walk(day: date) -> Iterator[date]:
    while True:
        day += NEXT
        yield day


def months_after(begins: date, number: int) -> date:
    """Walk until the month is the right one, then until the number of the day, or the end of the month."""
    if not number:
        return begins
    crossed, yesterday = 0, begins
    for day in walk(begins):
        crossed += day.day == 1
        if crossed == number and day.day == begins.day:
            return day
        if crossed > number:
            return yesterday
        yesterday = day
    raise AssertionError


def whole(path: Path, begins: date, more_months: int = 0) -> date:
    ends = months_after(begins, path.months + more_months)
    return ends + NEXT if path.is_franc else ends


def suspended(path: Path, notified: date, engaged: date, ended: date, more_months: int = 0) -> date:
    """Days are consumed one by one; none is while the mediation goes on. Never before it has ended."""
    first_end = whole(path, notified, more_months)
    to_consume = sum(1 for _ in until(notified, first_end))
    day = notified
    while to_consume:
        day += NEXT
        if not engaged < day <= ended:
            to_consume -= 1
    return max(day, ended)


def until(since: date, last: date) -> Iterator[date]:
    for day in walk(since):
        if day > last:
            return
        yield day


def open_day(day: date, holidays: set[date]) -> date:
    while day.strftime("%a") in ("Sat", "Sun") or day in holidays:
        day += NEXT
    return day
