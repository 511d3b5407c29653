"""Which figures of a year are published, and in what form they come out of the mask."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mediane.casework.rules.counting import FROM_ANOTHER_CAF
from mediane.statistics.rules.figures import Counted
from mediane.statistics.states import HANDLED, Axis, Population

Hidden = dict[str, int | None]
Days = tuple[int | None, int | None]


@dataclass(frozen=True)
class Year:
    """What was counted of a Caf: the year, and each of its months."""

    whole: Counted
    months: Mapping[str, Counted]


@dataclass(frozen=True)
class Recipe:
    """A figure that is published: what it splits, and by which axis; several values a request, or one."""

    code: str
    populations: tuple[Population, ...]
    axis: Axis
    is_several: bool = False


MEDIATION, OUT = (Population.MEDIATION,), (Population.OUT_OF_SCOPE,)
# Beside these, figures that say the same requests in another way would be read against them: decision 31.
RECIPES = (
    Recipe("origins", HANDLED, Axis.ORIGIN),
    Recipe("channels", MEDIATION, Axis.CHANNEL),
    Recipe("channels_out_of_scope", OUT, Axis.CHANNEL),
    Recipe("out_of_scope_reasons", OUT, Axis.SCOPE_REASON),
    Recipe("benefits", MEDIATION, Axis.BENEFIT, is_several=True),
    Recipe("grounds", MEDIATION, Axis.GROUND, is_several=True),
    Recipe("causes", MEDIATION, Axis.CAUSE),
    Recipe("reasons", MEDIATION, Axis.REASON),
    Recipe("outcomes", MEDIATION, Axis.OUTCOME),
    Recipe("repeats", HANDLED, Axis.REPEAT),
    Recipe("preceded", HANDLED, Axis.PRECEDED),
)
MONEY = Recipe("money", HANDLED, Axis.TOUCHED, is_several=True)


@dataclass(frozen=True)
class Delay:
    """A delay that is published: over which requests, and the table whose told numbers prove how many of them
    have it, but for some values. Nothing published is bound to how many have a delay without one."""

    axis: Axis
    populations: tuple[Population, ...]
    proof: str = ""
    but: tuple[str, ...] = ()


DELAYS = {
    "delay_of_entry": Delay(Axis.DAYS_ENTRY, HANDLED, "origins", but=(FROM_ANOTHER_CAF,)),
    "delay_of_acknowledgement": Delay(Axis.DAYS_ACKNOWLEDGED, HANDLED),
    "delay_of_admissibility": Delay(Axis.DAYS_ADMISSIBILITY, HANDLED),
    "delay_of_reply": Delay(Axis.DAYS_REPLY, MEDIATION, "outcomes"),
}


@dataclass
class Told:
    """Of one place; a table that is absent is not told at all, a number that is None is hidden."""

    totals: Hidden = field(default_factory=dict)
    tables: dict[str, Hidden] = field(default_factory=dict)
    # What shares are of.
    bases: dict[str, int | None] = field(default_factory=dict)
    cents: Hidden = field(default_factory=dict)
    days: dict[str, Days] = field(default_factory=dict)
