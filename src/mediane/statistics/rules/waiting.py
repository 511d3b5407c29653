"""How long a request waited for somebody else: two waits at once are one."""

from collections.abc import Iterable
from datetime import date


def days_waited(waits: Iterable[tuple[date, date | None]], *, since: date, until: date) -> int:
    """Calendar days of [since, until] covered by a wait; one still running waits until the end.

    A wait runs from its day to the day it ends, not counted.
    """
    total, covered_to = 0, since
    for begins, ends in sorted(waits, key=lambda wait: wait[0]):
        first, last = max(begins, covered_to), min(ends or until, until)
        if last > first:
            total += (last - first).days
            covered_to = last
    return total
