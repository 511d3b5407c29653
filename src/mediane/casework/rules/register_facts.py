"""What the Caf’s own register is told of a case: status facts, never content."""

from mediane.casework.states import CLOSED, Act, Move, State
from mediane.complaints.rules import Fact


def facts_of(act: str, source: str, target: str) -> tuple[Fact, ...]:
    """The facts that this act makes true, in their order."""
    if act == Act.FILE:
        return (Fact.REGISTERED,)
    if act == Act.ADMIT:
        return (Fact.ADMISSIBLE,)
    if not source or (State(source) in CLOSED) == (State(target) in CLOSED):
        return ()
    if State(source) in CLOSED:
        return (Fact.REOPENED,)
    return (Fact.INADMISSIBLE, Fact.CLOSED) if act == Move.DECLARE_INADMISSIBLE else (Fact.CLOSED,)
