"""Calls and appointments: which moments make sense, and how they read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mediane.casework.states import AppointmentState, CallKind, Way
from mediane.kit.french import at_time, count, long_date, weekday_date

FARTHEST = timedelta(days=366)  # beyond, a year was mistyped
OLDEST_CALL = timedelta(days=366)
# What came of an appointment, said once its hour has come; the others may be said before.
AFTERWARDS = (AppointmentState.HELD, AppointmentState.MISSED)
BY_WAY = {Way.DESK: "à l’accueil", Way.PHONE: "par téléphone", Way.VIDEO: "en visioconférence"}
# What whoever reads the place should see before it.
PLACE_LABELS = {Way.DESK: "Où", Way.PHONE: "Numéro appelé", Way.VIDEO: "Comment se connecter"}


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """What an appointment says: how, when, where, and what to know before."""

    way: Way
    starts_at: datetime
    place: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """What is noted of a call, or of one tried in vain."""

    kind: CallKind
    called_at: datetime
    spoke_to: str
    text: str
    minutes: int | None = None
    is_shared: bool = False


def why_not_then(starts_at: datetime, now: datetime) -> str:
    """Why no appointment may be set at that moment; empty when one may."""
    if starts_at <= now:
        return "Choisissez un moment à venir"
    if starts_at > now + FARTHEST:
        return "Choisissez un jour plus proche\u00a0: vérifiez l’année"
    return ""


def why_not_noted(called_at: datetime, now: datetime) -> str:
    """Why no call may be noted at that moment; empty when one may."""
    if called_at > now:
        return "Cet appel est dans le futur\u00a0: notez-le après coup"
    if called_at < now - OLDEST_CALL:
        return "Cet appel a plus d’un an\u00a0: vérifiez l’année"
    return ""


def moment(at: datetime, time_zone: str) -> str:
    """« mardi 24 novembre 2026 à 10 h 30 », by the clock of the Caf."""
    local = at.astimezone(ZoneInfo(time_zone))
    weekday = weekday_date(local.date()).split(" ")[0]
    return f"{weekday} {long_date(local.date())} à {at_time(local)}"


def meeting_in_words(way: Way, starts_at: datetime, time_zone: str) -> str:
    """« mardi 24 novembre 2026 à 10 h 30, par téléphone »."""
    return f"{moment(starts_at, time_zone)}, {BY_WAY[way]}"


def call_in_words(kind: CallKind, minutes: int | None) -> str:
    """« Appel reçu, 12 minutes »."""
    return f"{kind.label}, {count(minutes, 'minute', 'minutes')}" if minutes else kind.label
