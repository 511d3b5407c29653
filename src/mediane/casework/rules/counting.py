"""Who counts a request that goes from one Caf to another: one rule for every figure."""

from dataclasses import dataclass

from mediane.casework.states import CLOSED, State

# The origin of a case that another Caf sent. The trigger of anonymous arrivals knows it by the same name.
FROM_ANOTHER_CAF = "TRANSFER"
# Ends here and is answered elsewhere: its requests, and its money, are counted there.
ANSWERED_ELSEWHERE = (State.MERGED, State.TRANSFERRED)
COUNTED_AS_CLOSED = tuple(state for state in CLOSED if state not in ANSWERED_ELSEWHERE)


@dataclass(frozen=True)
class Counted:
    """Whether the Caf that holds a case counts it, as received and as closed."""

    as_received: bool
    as_closed: bool


def counted(*, origin: str, state: str) -> Counted:
    """Once each in the whole network: received where the person wrote first, closed where it ends.

    The Caf that sends a case away has received it and closes nothing; the one that takes it in has
    received nothing, and closes it. Its delays run from the day the first one received it.
    A duplicate is counted by the case that answers for it.
    """
    if state == State.MERGED:
        return Counted(as_received=False, as_closed=False)
    return Counted(
        as_received=origin != FROM_ANOTHER_CAF,
        as_closed=state in COUNTED_AS_CLOSED,
    )
