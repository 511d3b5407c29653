"""What is to be told of closed cases."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from mediane.casework.actions import Social
from mediane.casework.models import Case, DocumentRequest
from mediane.casework.queries.targets import targets_of
from mediane.casework.rules.deadlines import Due, Pause, deadlines
from mediane.casework.states import Outcome
from mediane.catalogue.models import Body
from mediane.catalogue.queries import every
from mediane.complaints.models import PriorComplaint
from mediane.documents.models import SealingKey
from mediane.eligibility.models import EligibilityCheck, EligibilityPolicy
from mediane.integrations.demonstration.crowd import invent
from mediane.integrations.demonstration.moments import Moments
from mediane.integrations.demonstration.story import Service, topics
from mediane.integrations.demonstration.years import Gain
from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.kit.french import contracted
from mediane.organisations.queries import holiday_zone_of, opening_of
from mediane.people.actions import Identity
from mediane.people.models import Beneficiary
from mediane.referrals.models import ONLINE, Referral

SHOWN = ("acknowledgement", "admissibility", "reply")
# Two online for one otherwise, as where the online procedure is young.
CHANNELS = ("ONLINE", "MAIL", "ONLINE", "ONLINE", "PHONE", "ONLINE")
BEFORE_OPENING = ("EMAIL", "MAIL", "ACCOUNT", "MAIL", "PHONE", "EMAIL")
# What was done and told since is in the journal, and in the deliveries.
REMEMBERED = timedelta(days=400)
# How long a decision, then a document, was first awaited.
A_MONTH, TWO_WEEKS = timedelta(days=30), timedelta(days=15)


@dataclass(frozen=True)
class Wait:
    """For a body of the catalogue, or, without any, for a document of the person."""

    since: datetime
    until: datetime
    what: str
    body: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Past:
    """What is to be told of a closed case.

    Without an outcome it was redirected; without a body either, it was inadmissible.
    """

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
    received_on: date | None = None
    origin: str = "BENEFICIARY"
    heard: tuple[str, ...] | None = None  # grounds as finally heard, if not those of the topic
    reason: str = "OTHER_BODY"
    body: str = "DEPARTMENT"
    is_preceded: bool = True
    wait: Wait | None = None
    gains: tuple[Gain, ...] = ()
    social: Social | None = None
    repeats: "Past | None" = None
    is_remembered: bool = True


@dataclass(eq=False)
class Record:
    """The rows of one past, as they are written."""

    past: Past
    person: Beneficiary
    key: SealingKey
    complaint: PriorComplaint
    check: EligibilityCheck
    referral: Referral
    case: Case
    policies: dict[date, EligibilityPolicy]  # by day, of all that is written at once
    repeats: "Record | None" = None
    repeated: list["Record"] = field(default_factory=list)
    request: DocumentRequest | None = None

    @cached_property
    def dues(self) -> dict[str, Due]:
        caf = self.case.organisation
        found = deadlines(self.case.received_on, targets_of(caf.pk), holiday_zone_of(caf), self.pauses)
        return {str(due.kind): due for due in found if due.kind in SHOWN}

    @property
    def pauses(self) -> list[Pause]:
        wait = self.past.wait
        if wait is None:
            return []
        body = every(Body)[wait.body].with_article if wait.body else ""
        since, most = self.day(wait.since), A_MONTH if body else TWO_WEEKS
        until = min(self.day(wait.until), since + most + timedelta(days=1))
        reason = f"attente {contracted('de', body)}" if body else "pièces demandées"
        return [Pause(since=since, until=until, reason=reason)]

    @property
    def is_online(self) -> bool:
        return self.past.channel == ONLINE

    @property
    def is_inadmissible(self) -> bool:
        return not self.past.outcome and not self.past.body

    @property
    def filed_by(self) -> Actor:
        return self.person.as_actor() if self.is_online else self.past.by

    @property
    def zone(self) -> str:
        return self.case.organisation.time_zone

    def day(self, at: datetime) -> date:
        return clock.day_of(at, self.zone)


def pasts(service: Service, *, number: int, days: int) -> Iterator[Past]:
    """Cases closed over the last `days`."""
    chance, people, kinds = service.chance, invent(service.caf.code, is_past=True), sorted(topics())
    opening = opening_of(service.caf.pk)
    for rank in range(number):
        age = 70 + (days - 70) * rank // number + chance.randrange(5)
        filed_on = service.today - timedelta(days=age)
        moments = Moments(
            filed_on, caf=service.caf, now=service.now, lag=timedelta(minutes=chance.randrange(5, 480))
        )
        channels = CHANNELS if opening.is_online(filed_on) else BEFORE_OPENING
        yield Past(
            identity=next(people),
            channel=channels[rank % len(channels)],
            topic=topics()[chance.choice(kinds)],
            filed_at=moments.last,
            taken_at=moments.on(chance.randrange(1, 4)),
            admitted_at=moments.on(chance.randrange(4, 9)),
            closed_at=moments.on(chance.randrange(12, 40)),
            outcome=chance.choice((*Outcome, None)),
            by=chance.choice(service.team),
            mediator=service.mediator,
            is_remembered=moments.last > service.now - REMEMBERED,
        )
