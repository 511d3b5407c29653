"""The arithmetic of a period, in whole days."""

from datetime import date, timedelta

from mediane.appeals.rules.law import Path, Unit
from mediane.appeals.states import Home
from mediane.kit.months import add_months

ONE_DAY = timedelta(days=1)


def end_of(path: Path, begins: date, home: Home) -> date:
    """The last day of a whole period, whatever the day of the week; the day it begins is not counted.

    Months come before days; a month without the same number ends on its last day (CPC 641).
    """
    months = further(path, home) + (path.amount if path.unit == Unit.MONTHS else 0)
    days = path.amount if path.unit == Unit.DAYS else 0
    return add_months(begins, months) + timedelta(days=days) + (ONE_DAY if path.is_franc else timedelta())


def further(path: Path, home: Home) -> int:
    """Months added for the distance."""
    return {Home.SAME: 0, Home.OVERSEAS: path.further[0], Home.ABROAD: path.further[1]}[home]


def resumed(first_end: date, stopped_on: date, again_on: date) -> date:
    """What was left of a suspended period, begun again; nothing is left when it stopped on its last day."""
    return again_on + max(first_end - stopped_on, timedelta())
