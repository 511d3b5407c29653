"""What is to be told of closed cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mediane.casework.states import Outcome
from mediane.integrations.demonstration.crowd import invent
from mediane.integrations.demonstration.moments import Moments
from mediane.integrations.demonstration.story import Service, topics
from mediane.journal.rules import Actor
from mediane.people.actions import Identity


@dataclass(frozen=True, kw_only=True)
class Past:
    """What is to be told of a closed case; a redirected one has no outcome."""

    identity: Identity
    topic: dict[str, Any]
    filed_at: datetime
    taken_at: datetime
    admitted_at: datetime
    closed_at: datetime
    outcome: Outcome | None
    by: Actor
    mediator: Actor


def pasts(service: Service, *, number: int, days: int) -> Iterator[Past]:
    """Cases closed over the last `days`."""
    chance, people, kinds = service.chance, invent(service.caf.code, is_past=True), sorted(topics())
    for rank in range(number):
        age = 70 + (days - 70) * rank // number + chance.randrange(5)
        moments = Moments(
            service.today - timedelta(days=age),
            caf=service.caf,
            now=service.now,
            lag=timedelta(minutes=chance.randrange(5, 480)),
        )
        yield Past(
            identity=next(people),
            topic=topics()[chance.choice(kinds)],
            filed_at=moments.last,
            taken_at=moments.on(chance.randrange(1, 4)),
            admitted_at=moments.on(chance.randrange(4, 9)),
            closed_at=moments.on(chance.randrange(12, 40)),
            outcome=chance.choice((*Outcome, None)),
            by=chance.choice(service.team),
            mediator=service.mediator,
        )
