"""The requests of one Caf as facts: read in a constant number of statements, whatever their number."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Q

from mediane.casework.models import (
    Admissibility,
    Case,
    Closing,
    Deadline,
    DocumentRequest,
    FinancialEffect,
    Hold,
    Link,
    Reorientation,
    SocialFacts,
)
from mediane.casework.models.links import STANDING
from mediane.casework.rules.counting import FROM_ANOTHER_CAF, counted
from mediane.casework.rules.money import counted as counted_lines
from mediane.casework.states import CLOSED, Kinship, State
from mediane.catalogue.models import Benefit
from mediane.catalogue.queries import every
from mediane.imports.models import PastCase
from mediane.kit import clock
from mediane.kit.months import next_month
from mediane.organisations.models import Organisation
from mediane.statistics.rules.facts import Fact, Money
from mediane.statistics.rules.waiting import days_waited
from mediane.statistics.states import Axis, Population

OUT = (State.REDIRECTED, State.INADMISSIBLE)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the columns of a request say of it, in the order they are read."""

    pk: int
    state: str
    channel: str
    origin: str
    benefits: list[str]
    grounds: list[str]
    received_on: date
    closed_at: datetime | None
    filed_at: datetime | None
    stated: list[str]
    is_preceded: bool


READ = tuple(field.name for field in fields(_Seen))


def facts_of(caf: Organisation, first: date, last: date) -> list[Fact]:
    """Every request received or ended in these months, by their first days, in the Caf's own time."""
    after = next_month(last)
    zone = ZoneInfo(caf.time_zone)
    begins, ends = (datetime.combine(day, time.min, zone) for day in (first, after))
    cases = Case.objects.filter(
        Q(received_on__gte=first, received_on__lt=after) | Q(closed_at__gte=begins, closed_at__lt=ends),
        organisation=caf,
    )
    seen = cases.annotate(
        is_preceded=Q(referral__complaint__isnull=False),
        filed_at=F("referral__filed_at"),
        stated=F("referral__grounds"),
    ).values_list(*READ)
    return [*_facts(caf, [_Seen(*row) for row in seen]), *_past_facts(caf, first, after)]


def _facts(caf: Organisation, cases: Sequence[_Seen]) -> Iterator[Fact]:
    known = _Around(caf, [case.pk for case in cases])
    for case in cases:
        counts = counted(origin=case.origin, state=case.state)
        closing, sent = known.closings.get(case.pk), known.sent.get(case.pk)
        stated = tuple(case.stated)
        decision = known.decisions.get(case.pk)
        yield Fact(
            received_on=case.received_on,
            is_received=counts.as_received,
            closed_on=clock.day_of(case.closed_at, caf.time_zone) if case.closed_at else None,
            scope=_scope(case) if counts.as_closed else None,
            channel=case.channel,
            origin=case.origin,
            benefits=tuple(case.benefits),
            groups=groups_of(tuple(case.benefits)),
            stated=stated,
            grounds=tuple(case.grounds) if closing else stated,
            **_analysed(closing),
            **known.social.get(case.pk, {}),
            scope_reason=_why_out(case, sent, decision),
            body=sent.body if sent and case.state == State.REDIRECTED else "",
            is_repeat=case.pk in known.repeats,
            is_preceded=case.is_preceded,
            days=dict(known.days(case, decision)),
            money=tuple(known.money(case)),
        )


def _analysed(closing: Closing | None) -> dict[str, str]:
    if closing is None:
        return {}
    return {
        "outcome": closing.outcome,
        "cause": closing.cause,
        "reason": closing.reason,
        "error": closing.error_type,
        "service": closing.service,
    }


def _scope(case: _Seen) -> Population | None:
    if case.state not in CLOSED:
        return None
    return Population.OUT_OF_SCOPE if case.state in OUT else Population.MEDIATION


def _why_out(case: _Seen, sent: Reorientation | None, decision: Admissibility | None) -> str:
    if case.state == State.REDIRECTED and sent:
        return sent.reason
    return decision.reason if case.state == State.INADMISSIBLE and decision else ""


@cache
def groups_of(benefits: tuple[str, ...]) -> tuple[str, ...]:
    """The statistical groups of benefits, once each."""
    known = every(Benefit)
    return tuple(dict.fromkeys(known[code].group for code in benefits if code in known))


class _Around:
    """What stands beside the cases, by case: the last decision where several were taken."""

    def __init__(self, caf: Organisation, cases: Sequence[int]) -> None:
        self.caf = caf
        of: dict[str, Any] = {"organisation": caf, "case__in": cases}
        closings = Closing.objects.standing().filter(**of)
        read = closings.only("case", "outcome", "cause", "reason", "error_type", "service")
        self.closings = {row.case_id: row for row in read}
        sent = Reorientation.objects.filter(**of).order_by("rank")
        self.sent = {row.case_id: row for row in sent.only("case", "reason", "body")}
        decisions = Admissibility.objects.filter(**of).order_by("rank")
        self.decisions = {row.case_id: row for row in decisions.only("case", "reason", "notified_on")}
        repeats = Link.objects.filter(STANDING, kinship=Kinship.REPEAT, later__in=cases)
        self.repeats = set(repeats.values_list("later_id", flat=True))
        met = Deadline.objects.filter(kind="acknowledgement", met_on__isnull=False, **of)
        self.acknowledged = {case: day for case, day in met.values_list("case_id", "met_on") if day}
        self.waits: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
        for case_id, since, until in Hold.objects.filter(**of).values_list("case_id", "since", "ended_on"):
            self.waits[case_id].append((since, until))
        self.effects: dict[int, list[FinancialEffect]] = defaultdict(list)
        for line in FinancialEffect.objects.filter(**of):
            self.effects[line.case_id].append(line)
        self.social: dict[int, dict[str, str]] = {
            row.case_id: {"household": row.household, "age": row.age, "quotient": row.quotient}
            for row in SocialFacts.objects.filter(**of)
        }
        asked = DocumentRequest.objects.filter(**of).values_list("case_id", "asked_at", "closed_at")
        for case_id, asked_at, closed_at in asked:
            self.waits[case_id].append((self._day(asked_at), self._day(closed_at) if closed_at else None))

    def money(self, case: _Seen) -> Iterator[Money]:
        for line in counted_lines(self.effects[case.pk]):
            yield Money(line.kind, line.benefit, int(line.amount * 100))

    def _day(self, at: datetime) -> date:
        return clock.day_of(at, self.caf.time_zone)

    def days(self, case: _Seen, decision: Admissibility | None) -> Iterator[tuple[Axis, int]]:
        """Of an ended request: how long each part of it took, in calendar days."""
        if case.closed_at is None:
            return
        received, closed = case.received_on, self._day(case.closed_at)
        # What another Caf sent was entered there, the day it came.
        if case.filed_at is not None and case.origin != FROM_ANOTHER_CAF:
            yield Axis.DAYS_ENTRY, _between(received, self._day(case.filed_at))
        if case.pk in self.acknowledged:
            yield Axis.DAYS_ACKNOWLEDGED, _between(received, self.acknowledged[case.pk])
        if decision is not None:
            yield Axis.DAYS_ADMISSIBILITY, _between(received, decision.notified_on)
        if case.state == State.ANSWERED:
            waited = days_waited(self.waits[case.pk], since=received, until=closed)
            yield Axis.DAYS_REPLY, _between(received, closed)
            yield Axis.DAYS_WAITED, waited
            yield Axis.DAYS_OWN, _between(received, closed) - waited


def _between(first: date, last: date) -> int:
    return max((last - first).days, 0)


def _past_facts(caf: Organisation, first: date, after: date) -> Iterator[Fact]:
    """Of before Médiane: what the imported sheet said, and nothing guessed."""
    rows = PastCase.objects.filter(
        Q(received_on__gte=first, received_on__lt=after) | Q(answered_on__gte=first, answered_on__lt=after),
        organisation=caf,
    )
    for row in rows:
        scope = Population.OUT_OF_SCOPE if row.is_out_of_scope else Population.MEDIATION
        # A request sent elsewhere was often noted without the day: it ended when it came.
        closed_on = row.answered_on or (row.received_on if row.is_out_of_scope else None)
        yield Fact(
            received_on=row.received_on,
            closed_on=closed_on,
            scope=scope if closed_on else None,
            channel=row.channel,
            origin=row.origin,
            benefits=tuple(row.benefits),
            groups=groups_of(tuple(row.benefits)),
            grounds=(row.ground,) if row.ground else (),
            cause=row.cause,
            outcome=row.outcome,
            days={Axis.DAYS_REPLY: _between(row.received_on, row.answered_on)} if row.answered_on else {},
        )
