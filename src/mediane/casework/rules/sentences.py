"""What the service reads when somebody else was first."""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from mediane.kit.french import at_time, long_date


class Done(Protocol):
    at: datetime
    by_name: str

    def get_act_display(self) -> str: ...


def too_late(last: Done | None, state: str, time_zone: str) -> str:
    """Name who acted, when and how, then where the case now stands."""
    if last is None:
        return f"Le dossier est maintenant dans l’état «\u00a0{state}\u00a0»."
    local = last.at.astimezone(ZoneInfo(time_zone))
    when = f"le {long_date(local.date())} à {at_time(local)}"
    return (
        f"{last.by_name} a agi avant vous {when}\u00a0: «\u00a0{last.get_act_display()}\u00a0». "
        f"Le dossier est maintenant dans l’état «\u00a0{state}\u00a0»."
    )
