"""Until when an answer may be looked at again; afterwards, a new request repeats the first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mediane.kit.months import add_months


@dataclass(frozen=True, kw_only=True)
class Limit:
    """In force from a day on; the source reads after « C’est »."""

    months: int
    source: str
    effective_from: date


def limit_on(limits: Iterable[Limit], day: date) -> Limit | None:
    """The limit in force on a day: the latest to have begun."""
    begun = [limit for limit in limits if limit.effective_from <= day]
    return max(begun, key=lambda limit: limit.effective_from, default=None)


def reopens_until(closed_on: date, limits: Iterable[Limit]) -> date | None:
    """The last day, by the limit in force when it was answered; None where none was: it is not reopened."""
    limit = limit_on(limits, closed_on)
    return add_months(closed_on, limit.months) if limit else None
