"""Numbers as the person reads them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from mediane.kit.french import NBSP


def local(instant: datetime, time_zone: str) -> datetime:
    """An instant as the clock of the Caf shows it."""
    return instant.astimezone(ZoneInfo(time_zone))


def weight(size: int) -> str:
    """« 340 ko », « 2,1 Mo »."""
    if size < 1_000_000:
        return f"{max(round(size / 1000), 1)}{NBSP}ko"
    return f"{size / 1_000_000:.1f}{NBSP}Mo".replace(".", ",")


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
