"""What the service reads when the case is no longer where they saw it."""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from mediane.kit.french import at_time, long_date


class Done(Protocol):
    at: datetime
    by_name: str

    def get_act_display(self) -> str: ...


def too_late(last: Done | None, state: str, time_zone: str) -> str:
    """Who acted last, when and how, then where the case stands: true even of one’s own act, or an old one."""
    if last is None:
        return f"Le dossier est maintenant dans l’état «\u00a0{state}\u00a0»."
    local = last.at.astimezone(ZoneInfo(time_zone))
    when = f"le {long_date(local.date())} à {at_time(local)}"
    return (
        f"{last.by_name} a agi sur ce dossier {when}\u00a0: «\u00a0{last.get_act_display()}\u00a0». "
        f"Il est maintenant dans l’état «\u00a0{state}\u00a0»."
    )
