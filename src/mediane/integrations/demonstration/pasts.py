"""What is to be told of closed cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from mediane.casework.models import Case
from mediane.casework.queries.targets import targets_of
from mediane.casework.rules.deadlines import Due, deadlines
from mediane.casework.states import Outcome
from mediane.complaints.models import PriorComplaint
from mediane.documents.models import SealingKey
from mediane.eligibility.models import EligibilityCheck
from mediane.integrations.demonstration.crowd import invent
from mediane.integrations.demonstration.moments import Moments
from mediane.integrations.demonstration.story import Service, topics
from mediane.journal.rules import Actor
from mediane.organisations.queries import holiday_zone_of
from mediane.people.actions import Identity
from mediane.people.models import Beneficiary
from mediane.referrals.models import ONLINE, Referral

SHOWN = ("acknowledgement", "admissibility", "reply")
# Two online for one otherwise, as where the online procedure is young.
CHANNELS = ("ONLINE", "MAIL", "ONLINE", "ONLINE", "PHONE", "ONLINE")


@dataclass(frozen=True, kw_only=True)
class Past:
    """What is to be told of a closed case; a redirected one has no outcome."""

    identity: Identity
    channel: str
    topic: dict[str, Any]
    filed_at: datetime
    taken_at: datetime
    admitted_at: datetime
    closed_at: datetime
    outcome: Outcome | None
    by: Actor
    mediator: Actor


@dataclass
class Record:
    """The rows of one past, as they are written."""

    past: Past
    person: Beneficiary
    key: SealingKey
    complaint: PriorComplaint
    check: EligibilityCheck
    referral: Referral
    case: Case

    @cached_property
    def dues(self) -> dict[str, Due]:
        caf = self.case.organisation
        return {
            str(due.kind): due
            for due in deadlines(self.case.received_on, targets_of(caf.pk), holiday_zone_of(caf))
            if due.kind in SHOWN
        }

    @property
    def is_online(self) -> bool:
        return self.past.channel == ONLINE

    @property
    def filed_by(self) -> Actor:
        return self.person.as_actor() if self.is_online else self.past.by

    @property
    def zone(self) -> str:
        return self.case.organisation.time_zone


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
            channel=CHANNELS[rank % len(CHANNELS)],
            topic=topics()[chance.choice(kinds)],
            filed_at=moments.last,
            taken_at=moments.on(chance.randrange(1, 4)),
            admitted_at=moments.on(chance.randrange(4, 9)),
            closed_at=moments.on(chance.randrange(12, 40)),
            outcome=chance.choice((*Outcome, None)),
            by=chance.choice(service.team),
            mediator=service.mediator,
        )
