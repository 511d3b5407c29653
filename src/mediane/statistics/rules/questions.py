"""A question to a service or a body as figures know it: when it was asked, of whom, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mediane.statistics.rules.facts import Money
from mediane.statistics.states import Axis, Population

SERVICE, BODY = "service", "body"


def addressee_code(service: str, body: str) -> str:
    """A service and a body may have one code: each is told with what it is."""
    return f"{SERVICE}:{service}" if service else f"{BODY}:{body}"


@dataclass(frozen=True, kw_only=True)
class Question:
    """Counted in the month it was asked, by the channel and the benefits of its case. Nobody is named."""

    asked_on: date
    asked_of: str
    due_on: date
    answered_on: date | None = None
    # Its date went by, its service was told so, and it is still awaited.
    is_overdue: bool = False
    channel: str = ""
    benefits: tuple[str, ...] = ()
    money: tuple[Money, ...] = ()

    def months(self) -> set[date]:
        return {self.asked_on.replace(day=1)}

    def populations(self, month: date) -> Iterator[Population]:
        if self.asked_on.replace(day=1) == month:
            yield Population.CONSULTED

    def marks(self, population: Population) -> Iterator[tuple[Axis, str]]:
        yield Axis.ALL, ""
        yield Axis.ASKED_OF, self.asked_of
        if self.answered_on is not None:
            yield Axis.ANSWERED, self.asked_of
            yield Axis.DAYS_OF_EACH, f"{self.asked_of} {max((self.answered_on - self.asked_on).days, 0)}"
            if self.answered_on <= self.due_on:
                yield Axis.IN_TIME, self.asked_of
        elif self.is_overdue:
            yield Axis.OVERDUE, self.asked_of
