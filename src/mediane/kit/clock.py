"""The only call to the system clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    return datetime.now(UTC)


def day_of(instant: datetime, time_zone: str) -> date:
    """The calendar day of an instant where `time_zone` (an IANA name) is lived in."""
    return instant.astimezone(ZoneInfo(time_zone)).date()


def today(time_zone: str = "Europe/Paris") -> date:
    return day_of(now(), time_zone)
