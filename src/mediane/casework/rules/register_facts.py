"""What the Caf’s own register is told of a case: three status facts, never content."""

from mediane.casework.states import CLOSED, Act, State

REGISTERED, ADMISSIBLE, CLOSING = "registered", "admissible", "closed"


def fact_of(act: str, source: str, target: str) -> str | None:
    """The fact that this act makes true, if it makes any."""
    if act == Act.FILE:
        return REGISTERED
    if act == Act.ADMIT:
        return ADMISSIBLE
    return CLOSING if source and State(target) in CLOSED else None
