"""Every figure, once: its name, what it counts in plain French, its unit, over whom, and how."""

from collections.abc import Callable
from dataclasses import dataclass

from mediane.statistics.rules.figures import Counted, Figure
from mediane.statistics.states import Axis

Compute = Callable[[Counted], Figure]
REQUESTS, DAYS, EUROS = "saisines", "jours", "euros"


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """`over` says in French which requests are counted; `axis` names the list its codes belong to."""

    code: str
    name: str
    definition: str
    unit: str
    over: str
    axis: Axis
    compute: Compute


REGISTERED: dict[str, Indicator] = {}


def indicator(
    *, name: str, definition: str, over: str, axis: Axis, unit: str = REQUESTS
) -> Callable[[Compute], Compute]:
    """Register a figure under the name of its function."""

    def register(compute: Compute) -> Compute:
        code = compute.__name__
        if code in REGISTERED:
            raise ValueError(f"{code} is counted twice")
        REGISTERED[code] = Indicator(
            code=code, name=name, definition=definition, unit=unit, over=over, axis=axis, compute=compute
        )
        return compute

    return register
