"""A request as figures know it: when it came and ended, and what it is counted by. Nobody is named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from mediane.statistics.states import Axis, Population


@dataclass(frozen=True)
class Money:
    """One line of financial effect, in cents."""

    kind: str
    benefit: str
    cents: int


@dataclass(frozen=True, kw_only=True)
class Fact:
    """`is_received` and `scope` already say whether this Caf counts it, as received and as handled."""

    received_on: date
    is_received: bool = True
    closed_on: date | None = None
    scope: Population | None = None
    channel: str
    origin: str = ""
    benefits: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    # As the mediator confirmed them where a reply stands; `stated` by the person, where that is known apart.
    grounds: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    cause: str = ""
    reason: str = ""
    error: str = ""
    service: str = ""
    outcome: str = ""
    household: str = ""
    age: str = ""
    quotient: str = ""
    scope_reason: str = ""
    body: str = ""
    is_repeat: bool = False
    is_preceded: bool = False
    days: Mapping[Axis, int] = field(default_factory=dict)
    money: tuple[Money, ...] = ()

    def months(self) -> set[date]:
        """Those in which it may be counted, by their first days."""
        days = (self.received_on, self.closed_on)
        return {day.replace(day=1) for day in days if day}

    def populations(self, month: date) -> Iterator[Population]:
        """Where it is counted in this month; the first day stands for the month."""
        if self.is_received and self.received_on.replace(day=1) == month:
            yield Population.RECEIVED
        if self.scope and self.closed_on and self.closed_on.replace(day=1) == month:
            yield self.scope

    def marks(self, population: Population) -> Iterator[tuple[Axis, str]]:
        """Each value it is counted under, once."""
        yield Axis.ALL, ""
        yield Axis.CHANNEL, self.channel
        for axis, value in ((Axis.ORIGIN, self.origin), (Axis.REPEAT, "yes" if self.is_repeat else "")):
            if value:
                yield axis, value
        if self.is_preceded:
            yield Axis.PRECEDED, "yes"
        grounds = self.grounds
        if population is Population.RECEIVED:
            grounds = self.stated or grounds
        if grounds:
            yield Axis.KNOWN_GROUND, "yes"
            # The mediator ticks them in the order of a list: the first one is the person’s word.
            yield Axis.FIRST_GROUND, (self.stated or grounds)[0]
        for axis, several in (
            (Axis.BENEFIT, self.benefits),
            (Axis.FIRST_BENEFIT, self.benefits[:1]),
            (Axis.GROUP, self.groups),
            (Axis.GROUND, grounds),
        ):
            yield from ((axis, value) for value in dict.fromkeys(several))
        if population is not Population.RECEIVED:
            yield from self._once_ended()

    def _once_ended(self) -> Iterator[tuple[Axis, str]]:
        for axis, value in (
            (Axis.CAUSE, self.cause),
            (Axis.REASON, self.reason),
            (Axis.ERROR, self.error),
            (Axis.SERVICE, self.service),
            (Axis.OUTCOME, self.outcome),
            (Axis.HOUSEHOLD, self.household),
            (Axis.AGE, self.age),
            (Axis.QUOTIENT, self.quotient),
            (Axis.SCOPE_REASON, self.scope_reason),
            (Axis.BODY, self.body),
        ):
            if value:
                yield axis, value
        # Each number of days is a value: medians of any period come out of them exactly.
        yield from ((axis, str(days)) for axis, days in self.days.items())
