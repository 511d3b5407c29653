"""Instants as the person reads them."""

from datetime import datetime
from zoneinfo import ZoneInfo


def local(instant: datetime, time_zone: str) -> datetime:
    """An instant as the clock of the Caf shows it."""
    return instant.astimezone(ZoneInfo(time_zone))
