"""French working days (Monday to Friday) and public holidays, overseas and Alsace-Moselle included."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType


class Zone(StrEnum):
    METROPOLE = "metropole"
    ALSACE_MOSELLE = "alsace_moselle"
    GUADELOUPE = "guadeloupe"
    MARTINIQUE = "martinique"
    GUYANE = "guyane"
    REUNION = "reunion"
    MAYOTTE = "mayotte"


# Labour code L.3133-1.
FIXED = (
    (1, 1, "Jour de l’An"),
    (5, 1, "Fête du Travail"),
    (5, 8, "Victoire de 1945"),
    (7, 14, "Fête nationale"),
    (8, 15, "Assomption"),
    (11, 1, "Toussaint"),
    (11, 11, "Armistice de 1918"),
    (12, 25, "Noël"),
)
AFTER_EASTER = ((1, "Lundi de Pâques"), (39, "Ascension"), (50, "Lundi de Pentecôte"))
# Labour code L.3422-2: the days that remember the abolition of slavery.
ABOLITION = {
    Zone.GUADELOUPE: (5, 27),
    Zone.MARTINIQUE: (5, 22),
    Zone.GUYANE: (6, 10),
    Zone.REUNION: (12, 20),
    Zone.MAYOTTE: (4, 27),
}


@cache
def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm printed by Butcher and Meeus)."""
    golden = year % 19
    century, within = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    drift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - drift + 15) % 30
    fours, ones = divmod(within, 4)
    weekday = (32 + 2 * rest + 2 * fours - epact - ones) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int, zone: Zone) -> Mapping[date, str]:
    """Every public holiday of the year, in order, with its French name."""
    sunday = easter(year)
    days = [(date(year, month, day), name) for month, day, name in FIXED]
    days += [(sunday + timedelta(days=after), name) for after, name in AFTER_EASTER]
    if zone == Zone.ALSACE_MOSELLE:
        # The text keeps Good Friday for towns with a Protestant temple only; offices close everywhere.
        days += [
            (sunday - timedelta(days=2), "Vendredi saint"),
            (date(year, 12, 26), "Saint-Étienne"),
        ]
    if zone in ABOLITION:
        days.append((date(year, *ABOLITION[zone]), "Abolition de l’esclavage"))
    names: dict[date, str] = {}
    for on, name in sorted(days):
        # Ascension sometimes meets 1 or 8 May: one day, two names.
        names[on] = f"{names[on]} et {name}" if on in names else name
    return MappingProxyType(names)


def is_working_day(on: date, zone: Zone) -> bool:
    return on.weekday() < 5 and on not in public_holidays(on.year, zone)


def next_working_day(on: date, zone: Zone) -> date:
    """The day itself when it is a working day, else the first one after it."""
    while not is_working_day(on, zone):
        on += timedelta(days=1)
    return on


def add_working_days(on: date, n: int, zone: Zone) -> date:
    """The nth working day after a day, that day not counted; the day itself when n is 0."""
    if n < 0:
        raise ValueError("n must be 0 or more")
    for _ in range(n):
        on = next_working_day(on + timedelta(days=1), zone)
    return on


def working_days_between(a: date, b: date, zone: Zone) -> int:
    """How many working days after `a` up to and including `b`; negative when `b` comes first."""
    if b < a:
        return -working_days_between(b, a, zone)
    holidays = sum(
        1
        for year in range(a.year, b.year + 1)
        for on in public_holidays(year, zone)
        if a < on <= b and on.weekday() < 5
    )
    return _weekdays_up_to(b) - _weekdays_up_to(a) - holidays


def _weekdays_up_to(on: date) -> int:
    # Day 1 of the ordinals is a Monday.
    weeks, rest = divmod(on.toordinal(), 7)
    return weeks * 5 + min(rest, 5)
