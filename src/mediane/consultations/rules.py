"""When an answer is due, what is said to a service as days pass, and where a question stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mediane.consultations.states import Standing, State, Word
from mediane.kit.workdays import Zone, add_working_days, is_working_day

# A mail that wakes somebody up is no help.
CHASING_HOURS = range(8, 19)
SERVICE, BODY, REMINDER, ESCALATION = (
    "consult_service",
    "consult_body",
    "consult_reminder",
    "consult_escalation",
)
KINDS = (SERVICE, BODY, REMINDER, ESCALATION)


@dataclass(frozen=True, kw_only=True)
class Delay:
    """One dated choice of the policy, in working days. `is_own`: of this Caf, not of the network."""

    kind: str
    days: int
    source: str
    effective_from: date
    is_own: bool = False


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """What holds for questions asked from a day on, in working days."""

    service: int
    body: int
    reminder: int
    escalation: int
    source: str


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the service may read of the person, as it is sealed."""

    question: str
    name: str = ""
    number: str = ""


def ladder_on(delays: Iterable[Delay], day: date) -> Ladder:
    """The delays in force on a day: the latest of each kind, a Caf’s own before the network’s.

    :raises LookupError: if some kind has none by then.
    """
    known: dict[str, Delay] = {}
    for one in sorted(delays, key=lambda one: (one.is_own, one.effective_from)):
        if one.effective_from <= day:
            known[one.kind] = one
    if missing := set(KINDS) - known.keys():
        raise LookupError(f"No delay of {sorted(missing)} on {day}")
    return Ladder(
        service=known[SERVICE].days,
        body=known[BODY].days,
        reminder=known[REMINDER].days,
        escalation=known[ESCALATION].days,
        source=known[SERVICE].source,
    )


def proposed_due(on: date, ladder: Ladder, zone: Zone, *, of_body: bool = False) -> date:
    """The day offered for an answer; whoever asks may choose another."""
    return add_working_days(on, ladder.body if of_body else ladder.service, zone)


def reminder_day(due_on: date, ladder: Ladder, zone: Zone) -> date:
    """The working day, so many before the date, on which the service is reminded."""
    day = due_on
    for _ in range(ladder.reminder):
        day -= timedelta(days=1)
        while not is_working_day(day, zone):
            day -= timedelta(days=1)
    return day


def escalation_day(due_on: date, ladder: Ladder, zone: Zone) -> date:
    return add_working_days(due_on, ladder.escalation, zone)


def word_due(today: date, *, due_on: date, since: date, ladder: Ladder, zone: Zone) -> Word | None:
    """What is to be said by now, if anything: the last rung only, however many days were missed.

    `since` is the day the service was last told of that date: nobody is reminded the same day.
    """
    if today > due_on:
        return Word.ESCALATION if today >= escalation_day(due_on, ladder, zone) else Word.OVERDUE
    return Word.REMINDER if today > since and today >= reminder_day(due_on, ladder, zone) else None


def standing(state: str, *, due_on: date, today: date, is_case_open: bool) -> Standing:
    if state != State.AWAITED:
        return Standing(state)
    if not is_case_open:
        return Standing.STOPPED
    return Standing.LATE if today > due_on else Standing.AWAITED
