"""A year of before Médiane, rebuilt from its totals: what they say, and nothing that they do not."""

from collections.abc import Mapping

from mediane.imports.states import Measure
from mediane.reports.rules.numbers import Counted
from mediane.statistics.rules.counts import Counts
from mediane.statistics.states import Axis, Population

# Measure and code of its list, then how many; the codes of measures without a list are empty.
Totals = Mapping[tuple[str, str], int]
# What the mediation finds, one a request.
FOUND = {Measure.CAUSE: Axis.CAUSE, Measure.OUTCOME: Axis.OUTCOME}
# What a request may have several of.
SEVERAL = {Measure.BENEFIT: Axis.BENEFIT, Measure.GROUND: Axis.GROUND}


def rebuilt(totals: Totals) -> Counted | None:
    """As if counted; None where they do not say how many were for the mediation."""
    received, out = totals.get((Measure.RECEIVED, "")), totals.get((Measure.OUT_OF_SCOPE, ""))
    if received is None or out is None or out > received:
        return None
    mediation = received - out
    all_received: Counts = {Axis.ALL: {"": received}}
    inside: Counts = {Axis.ALL: {"": mediation}, Axis.KNOWN_GROUND: {"yes": mediation}}
    for measure, axis in FOUND.items():
        values = _values(totals, measure)
        if values and sum(values.values()) <= mediation:
            inside[axis] = values
    for measure, axis in SEVERAL.items():
        values = _values(totals, measure)
        if values and max(values.values()) <= mediation:
            inside[axis] = values
    channels, origins = _values(totals, Measure.CHANNEL), _values(totals, Measure.ORIGIN)
    if channels:
        # Of the mediation where they add up to it; else of all that was received.
        (inside if sum(channels.values()) == mediation else all_received)[Axis.CHANNEL] = channels
    if origins and sum(origins.values()) <= received:
        inside[Axis.ORIGIN] = origins
    return {
        Population.RECEIVED: all_received,
        Population.MEDIATION: inside,
        Population.OUT_OF_SCOPE: {Axis.ALL: {"": out}},
    }


def _values(totals: Totals, measure: Measure) -> dict[str, int]:
    return {code: number for (of, code), number in totals.items() if of == measure and number}
