"""The arithmetic of a period, in whole days."""

from datetime import date, timedelta

from mediane.appeals.rules.law import Path
from mediane.appeals.states import Home
from mediane.kit.months import add_months

ONE_DAY = timedelta(days=1)


def end_of(path: Path, begins: date, home: Home) -> date:
    """The last day of a whole period, whatever the day of the week; the day it begins is not counted.

    A month without the same number ends on its last day (CPC 641).
    """
    ends = add_months(begins, path.months + further(path, home))
    return ends + ONE_DAY if path.is_franc else ends


def further(path: Path, home: Home) -> int:
    """Months added for the distance."""
    return {Home.SAME: 0, Home.OVERSEAS: path.further[0], Home.ABROAD: path.further[1]}[home]


def resumed(first_end: date, stopped_on: date, again_on: date) -> date:
    """What was left of a suspended period, begun again; nothing is left when it stopped on its last day."""
    return again_on + max(first_end - stopped_on, timedelta())
