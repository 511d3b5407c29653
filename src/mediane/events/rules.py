"""Which days an event may have: what the service has lived, or has in its diary."""

from datetime import date, timedelta

EARLIEST = date(2010, 1, 1)
FARTHEST = timedelta(days=2 * 365)  # beyond, a year was mistyped


def is_plausible(on: date, *, today: date) -> bool:
    return EARLIEST <= on <= today + FARTHEST
