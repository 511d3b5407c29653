"""Which Cafs had opened the online procedure by a day, as a report tells it."""

from collections import defaultdict
from datetime import date

from mediane.kit.french import count, join, long_date
from mediane.organisations.models import PHASES
from mediane.organisations.queries import all_cafs, openings
from mediane.reports.rules.numbers import Opened

# Beyond, they are counted rather than named.
MOST_NAMED = 12


def openings_until(day: date) -> list[Opened]:
    """A row a phase and a day, the first ones first."""
    decided, phases = openings(), dict(PHASES)
    together: dict[tuple[date, int], list[str]] = defaultdict(list)
    for caf in all_cafs():
        opening = decided.get(caf.pk)
        if opening is not None and opening.online_from is not None and opening.online_from <= day:
            together[opening.online_from, opening.phase].append(f"{caf.department} ({caf.code})")
    return [
        (phases[phase], long_date(opened), _named(cafs)) for (opened, phase), cafs in sorted(together.items())
    ]


def _named(cafs: list[str]) -> str:
    return join(cafs) if len(cafs) <= MOST_NAMED else count(len(cafs), "Caf", "Caf")
