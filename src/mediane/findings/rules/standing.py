"""Where a finding stands, as its proposals say."""

from collections.abc import Collection

from mediane.findings.states import Outcome, Standing

ALIKE = {Outcome.IMPLEMENTED: Standing.IMPLEMENTED, Outcome.REFUSED: Standing.REFUSED}


def standing(outcomes: Collection[Outcome]) -> Standing:
    """As long as one proposal waits, the finding waits; then all or nothing, or in part."""
    if not outcomes:
        return Standing.UNPROPOSED
    if Outcome.PENDING in outcomes:
        return Standing.AWAITED
    first, *others = set(outcomes)
    return Standing.PARTLY if others else ALIKE.get(first, Standing.PARTLY)
