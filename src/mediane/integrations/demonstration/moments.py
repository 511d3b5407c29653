"""When things happened: days told from the day of receipt, lived at office hours, never in the future."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mediane.casework.models import Case
from mediane.casework.queries.targets import targets_of
from mediane.casework.rules.deadlines import deadlines
from mediane.kit.workdays import Zone, is_working_day, next_working_day
from mediane.organisations.models import Organisation
from mediane.organisations.queries import holiday_zone_of

OPENS_AT = time(9, 10)
A_LITTLE = timedelta(minutes=47)
A_MINUTE = timedelta(minutes=1)
OLDEST = 120  # days


class Moments:
    """The course of one case: each moment later than the one before."""

    def __init__(
        self, received_on: date, *, caf: Organisation, now: datetime, lag: timedelta = A_LITTLE
    ) -> None:
        self.received_on, self.now = received_on, now
        self.zone, self.holidays = ZoneInfo(caf.time_zone), holiday_zone_of(caf)
        self.last = min(self._opening(received_on) + lag, now)

    def on(self, day: int) -> datetime:
        """So many days after the day of receipt, or the first working day from there."""
        return self._at(next_working_day(self.received_on + timedelta(days=day), self.holidays))

    def ago(self, number: int) -> datetime:
        """So many working days before today, whenever the case was received; none is this very day."""
        today = self.now.astimezone(self.zone).date()
        return self._at(workday(today, -number, self.holidays))

    def _at(self, day: date) -> datetime:
        at = max(self._opening(day), self.last + A_LITTLE)
        if at >= self.now:
            at = max(self.last + A_MINUTE, self.now - A_LITTLE)
        self.last = min(at, self.now)
        return self.last

    def _opening(self, day: date) -> datetime:
        return datetime.combine(day, OPENS_AT, tzinfo=self.zone).astimezone(self.now.tzinfo)


def after_the_rest(case: Case, wished: datetime, *, now: datetime) -> datetime:
    """The story of the case is already told: what is added is written down after it."""
    last: datetime = case.steps.latest("at", "pk").at
    return min(max(wished, last + A_MINUTE), now)


def workday(today: date, offset: int, zone: Zone) -> date:
    """The nth working day after today, or before it."""
    step = timedelta(days=1 if offset > 0 else -1)
    day = today
    for _ in range(abs(offset)):
        day += step
        while not is_working_day(day, zone):
            day += step
    return day


def received_to_be_due(kind: str, on: date, *, caf: Organisation) -> date:
    """The latest day of receipt that makes a deadline fall on a day, or just before it."""
    targets, zone = targets_of(caf.pk), holiday_zone_of(caf)
    for age in range(OLDEST):
        day = on - timedelta(days=age)
        if any(due.kind == kind and due.on <= on for due in deadlines(day, targets, zone)):
            return day
    raise LookupError(f"no day of receipt makes {kind} due on {on}")


def days_ago(number: int, *, today: date, working: bool, zone: Zone) -> date:
    day = today - timedelta(days=number)
    while working and not is_working_day(day, zone):
        day -= timedelta(days=1)
    return day
