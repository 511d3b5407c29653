"""The requests of past years, as people lived them: days, moments, names, waits, and who came back."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from mediane.casework.actions import Social
from mediane.integrations.demonstration.cast import read
from mediane.integrations.demonstration.crowd import invent
from mediane.integrations.demonstration.pasts import REMEMBERED, Past, Wait
from mediane.integrations.demonstration.rise import risen
from mediane.integrations.demonstration.story import Service
from mediane.integrations.demonstration.years import FIRST, Told, told
from mediane.journal.rules import Actor
from mediane.kit.workdays import Zone, is_working_day, next_working_day
from mediane.organisations.queries import holiday_zone_of
from mediane.referrals.models import ONLINE

FIRST_DAY = date(FIRST, 1, 2)
A_DAY = timedelta(days=1)
# Median, spread and longest, in days from receipt to closing.
STUDIED, SET_ASIDE = (42, 0.5, 240), (11, 0.6, 70)
COMES_BACK = (timedelta(days=15), timedelta(days=500))
LATELY = 2_000  # cases among which whoever comes back is looked for
# Each kind of act has its hour: whatever the days, the order is right.
FILED, TAKEN, ADMITTED, WAITED, RESUMED, CLOSED = 8, 10, 11, 12, 14, 16


def since_the_first_year(service: Service) -> list[Past]:
    """Every case of a Caf closed from the first year to now, oldest years first."""
    lives = _Lives(service)
    for year in range(FIRST, service.today.year + 1):
        for one in told(year):
            lives.live(one)
    for one in risen(service.today):
        lives.live(one)
    return [past for past in lives.told if past.closed_at <= service.now]


class _Lives:
    def __init__(self, service: Service) -> None:
        self.service, self.known = service, read("years")
        self.zone, self.holidays = ZoneInfo(service.caf.time_zone), holiday_zone_of(service.caf)
        self.team = [member for member in service.team if member.role in ("MEDIATOR", "OFFICER")]
        self.chance = Random(f"années de {service.caf.code}")  # noqa: S311 — nothing secret is drawn
        self.people = invent(service.caf.code, is_past=True)
        self.online_from = date.fromisoformat(self.known["online_from"])
        self.told: list[Past] = []
        self.came_back: set[Past] = set()

    def live(self, one: Told) -> None:
        chance = self.chance
        closed_on = self._closed_on(one)
        received_on = self._received_on(one, closed_on)
        filed_on = self._filed_on(one, received_on, closed_on)
        taken_on = self._after(filed_on, chance.randrange(4), closed_on)
        admitted_on = self._after(taken_on, chance.randrange(2, 16), closed_on)
        first = self._first(one, received_on) if one.is_repeat else None
        closed_at = self._at(closed_on, CLOSED)
        self.told.append(
            Past(
                identity=first.identity if first else next(self.people),
                channel=one.channel,
                origin=one.origin,
                topic=self._topic(one),
                heard=tuple(one.grounds),
                received_on=received_on,
                filed_at=self._at(filed_on, FILED),
                taken_at=self._at(taken_on, TAKEN),
                admitted_at=self._at(admitted_on, ADMITTED),
                closed_at=closed_at,
                outcome=one.outcome,
                reason=one.reason,
                body=one.body,
                is_preceded=one.is_preceded,
                wait=self._wait(one, admitted_on, closed_on),
                gains=tuple(one.gains),
                social=_noted(one),
                by=self._who(one),
                mediator=self.service.mediator,
                repeats=first,
                is_remembered=closed_at > self.service.now - REMEMBERED,
            )
        )

    def _closed_on(self, one: Told) -> date:
        """Nothing sent online is closed in the first days of the procedure."""
        days = working_days(one.year, one.month, self.holidays)
        if one.channel == ONLINE:
            days = [day for day in days if day > self.online_from + 10 * A_DAY]
        return self.chance.choice(days)

    def _received_on(self, one: Told, closed_on: date) -> date:
        median, spread, longest = STUDIED if one.is_mediation else SET_ASIDE
        days = min(int(median * self.chance.lognormvariate(0, spread)) + 1, longest)
        first = self.online_from if one.channel == ONLINE else FIRST_DAY
        day = max(closed_on - days * A_DAY, first)
        while one.channel != ONLINE and not is_working_day(day, self.holidays):
            day -= A_DAY
        return day

    def _filed_on(self, one: Told, received_on: date, closed_on: date) -> date:
        """What comes otherwise than online is entered in the days that follow."""
        if one.channel == ONLINE:
            return received_on
        return self._after(received_on, self.chance.choice((0, 0, 1, 2)), closed_on)

    def _after(self, day: date, days: int, last: date) -> date:
        return min(next_working_day(day + days * A_DAY, self.holidays), last)

    def _at(self, day: date, hour: int) -> datetime:
        minutes = timedelta(minutes=self.chance.randrange(60))
        local = datetime.combine(day, time(hour), tzinfo=self.zone) + minutes
        return local.astimezone(self.service.now.tzinfo)

    def _who(self, one: Told) -> Actor:
        """Whoever records money is not the mediator, who validates it."""
        officers = [member for member in self.team if member.role == "OFFICER"]
        return self.chance.choice(officers if one.gains else self.team)

    def _topic(self, one: Told) -> dict[str, Any]:
        grounds = one.grounds or ["OTHER"]
        words = self.chance.choice(self.known["words"][grounds[0]])
        short = self.known["short"][one.benefits[0]]
        said = {name: text.format(benefit=short) for name, text in words.items()}
        return said | {"benefits": one.benefits, "grounds": grounds, "cause": one.cause}

    def _wait(self, one: Told, admitted_on: date, closed_on: date) -> Wait | None:
        waits = self.known["waits"]
        if not one.outcome or (closed_on - admitted_on).days < 16 or self.chance.random() > waits["shown"]:
            return None
        since_on = self._after(admitted_on, self.chance.randrange(1, 6), closed_on)
        until_on = self._after(since_on, self.chance.randrange(4, (closed_on - since_on).days), closed_on)
        since, until = self._at(since_on, WAITED), self._at(until_on, RESUMED)
        if self.chance.random() < 0.4:
            return Wait(since, until, self.chance.choice(waits["documents"]))
        body = self.chance.choices(list(waits["bodies"]), list(waits["bodies"].values()))[0]
        return Wait(since, until, waits["reasons"][body], body)

    def _first(self, one: Told, received_on: date) -> Past | None:
        """Somebody answered before on the same benefit, who had not come back yet."""
        soonest, latest = COMES_BACK
        before = [
            past
            for past in self.told[-LATELY:]
            if past.outcome
            and past not in self.came_back
            and latest > received_on - past.closed_at.date() > soonest
            and not set(one.benefits).isdisjoint(past.topic["benefits"])
        ]
        if not before:
            return None
        first = self.chance.choice(before)
        self.came_back.add(first)
        return first


def _noted(one: Told) -> Social | None:
    known = Social(one.household, one.age, one.quotient)
    return known if known != Social() else None


@cache
def working_days(year: int, month: int, holidays: Zone) -> Sequence[date]:
    return list(_working_days(date(year, month, 1), holidays))


def _working_days(day: date, holidays: Zone) -> Iterator[date]:
    month = day.month
    while day.month == month:
        if is_working_day(day, holidays):
            yield day
        day += A_DAY
