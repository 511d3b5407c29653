"""What the service reads when somebody else was first."""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from mediane.kit.french import at_time, long_date


class Done(Protocol):
    at: datetime
    by_name: str

    def get_act_display(self) -> str: ...


def too_late(last: Done | None, state: str) -> str:
    """Name who acted, when and how, then where the case now stands."""
    if last is None:
        return f"Le dossier est maintenant dans l’état « {state} »."
    local = last.at.astimezone(ZoneInfo("Europe/Paris"))
    return (
        f"{last.by_name} a agi avant vous le {long_date(local.date())} à {at_time(local)} : "
        f"« {last.get_act_display()} ». Le dossier est maintenant dans l’état « {state} »."
    )
