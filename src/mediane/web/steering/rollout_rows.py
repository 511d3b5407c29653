"""A Caf as one row of the roll-out: words and looks decided here, so that the page only writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mediane.casework.queries.adoption import Adopted
from mediane.kit import clock
from mediane.kit.french import NBSP, count, long_date, short_date
from mediane.mailroom.states import Policy
from mediane.organisations.models import PHASES, Opening, Organisation

POLICIES = {Policy.OPEN: "Ouverte", Policy.CLOSED: "Fermée", Policy.ABSENT: "Absente"}


class Standing(StrEnum):
    OPEN = "ouverte"
    COMING = "a-venir"
    UNDATED = "sans-date"


LABELS = {Standing.OPEN: "Ouverte", Standing.COMING: "À venir", Standing.UNDATED: "Sans date"}
# As the tags of the design draw them.
LOOKS = {Standing.OPEN: "admissible", Standing.COMING: "under_study", Standing.UNDATED: "received"}


@dataclass(frozen=True)
class Row:
    caf: Organisation
    phase: str
    standing: Standing
    tag: tuple[str, str]
    day: str
    policy: str
    # Of a Caf that is not open, nothing is counted.
    adopted: Adopted | None


def standing(opening: Opening, today: date) -> Standing:
    if opening.online_from is None:
        return Standing.UNDATED
    return Standing.OPEN if opening.is_online(today) else Standing.COMING


def row(caf: Organisation, opening: Opening, policy: Policy, adopted: Adopted) -> Row:
    stands = standing(opening, clock.today(caf.time_zone))
    return Row(
        caf=caf,
        phase=dict(PHASES)[opening.phase],
        standing=stands,
        tag=(LOOKS[stands], LABELS[stands]),
        day=_day(opening.online_from),
        policy=POLICIES[policy],
        adopted=adopted if stands is Standing.OPEN else None,
    )


def lead(openings: Mapping[int, Opening], cafs: list[Organisation]) -> str:
    """How many are open, and which comes next."""
    stands = {caf.pk: standing(openings[caf.pk], clock.today(caf.time_zone)) for caf in cafs}
    opened = sum(one is Standing.OPEN for one in stands.values())
    said = f"{count(opened, 'Caf ouverte', 'Caf ouvertes')} sur {len(cafs)}."
    coming = [(openings[caf.pk].online_from, caf) for caf in cafs if stands[caf.pk] is Standing.COMING]
    if coming:
        day, caf = min(coming, key=lambda one: (one[0] or date.max, one[1].code))
        said += f" Prochaine ouverture{NBSP}: {caf.name}, le {long_date(day)}." if day else ""
    undated = sum(one is Standing.UNDATED for one in stands.values())
    if undated:
        said += f" {count(undated, 'Caf attend', 'Caf attendent')} une date."
    return said


def _day(on: date | None) -> str:
    return f"{short_date(on)} {on.year}" if on else ""
