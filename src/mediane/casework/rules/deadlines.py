"""By when the service must confirm, decide and reply, and the sentence that says why that day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mediane.kit.french import count, long_date, weekday_date
from mediane.kit.workdays import Zone, add_working_days, next_working_day


class Kind(StrEnum):
    REGISTRATION = "registration"
    ACKNOWLEDGEMENT = "acknowledgement"
    ADMISSIBILITY = "admissibility"
    REPLY = "reply"
    HOLDING_REPLY = "holding_reply"


class Unit(StrEnum):
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


LEGAL = (Kind.REGISTRATION, Kind.ACKNOWLEDGEMENT)
# A wait pushes our own promise to reply, never what the law gives the person.
PUSHED_BY_PAUSES = (Kind.REPLY, Kind.HOLDING_REPLY)
# What is written of each as the next thing due.
WORDS = {
    Kind.ACKNOWLEDGEMENT: "Accuser réception",
    Kind.ADMISSIBILITY: "Décider la recevabilité",
    Kind.REPLY: "Répondre",
}
DOCUMENTS_AWAITED = "Pièces attendues"
LOOK_AGAIN = "Revoir\u00a0: "
TO_READ = "Réponse à lire"
# What arrived is late once a whole working day passed without anybody reading it.
DAYS_TO_READ = 1
UNIT_WORDS = {
    Unit.WORKING_DAYS: ("jour ouvré", "jours ouvrés"),
    Unit.CALENDAR_DAYS: ("jour", "jours"),
}


@dataclass(frozen=True, kw_only=True)
class Target:
    """How long one thing may take. The source reads after « C’est »."""

    kind: Kind
    amount: int
    unit: Unit
    source: str
    effective_from: date


@dataclass(frozen=True, kw_only=True)
class Pause:
    """A wait, from the day it begins to the day work resumes (not counted); still running without an end.

    One that `is_running` to a known day at most counts already: the day promised is the last it may be.
    """

    since: date
    until: date | None
    reason: str
    is_running: bool = False

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise ValueError("a pause ends after it begins")


@dataclass(frozen=True)
class Due:
    kind: Kind
    on: date
    because: str


def target_on(targets: Iterable[Target], kind: Kind, day: date) -> Target | None:
    """The target in force on a day: the latest to have begun."""
    begun = [target for target in targets if target.kind == kind and target.effective_from <= day]
    return max(begun, key=lambda target: target.effective_from, default=None)


def deadlines(
    received_on: date, targets: Sequence[Target], zone: Zone, pauses: Sequence[Pause] = ()
) -> list[Due]:
    """Every deadline of a case, by the targets in force the day it was received."""
    in_force = (target_on(targets, kind, received_on) for kind in Kind)
    return [due(target, received_on, zone, pauses) for target in in_force if target is not None]


def promised_again(
    reopened_on: date, targets: Sequence[Target], zone: Zone, pauses: Sequence[Pause] = ()
) -> list[Due]:
    """By when a reopened case is answered: the same time again, from the day it was reopened."""
    target = target_on(targets, Kind.REPLY, reopened_on)
    later = [pause for pause in pauses if pause.since >= reopened_on]
    return [due(target, reopened_on, zone, later, since="la réouverture")] if target else []


def due(
    target: Target,
    received_on: date,
    zone: Zone,
    pauses: Sequence[Pause] = (),
    *,
    since: str = "la réception",
) -> Due:
    """The last day on time, always a working day, in the calendar of the Caf that received the case."""
    sentences = [_origin(target, received_on, since)]
    if target.unit == Unit.WORKING_DAYS:
        on = add_working_days(received_on, target.amount, zone)
    else:
        on = received_on + timedelta(days=target.amount)
    if target.kind in PUSHED_BY_PAUSES:
        on, pushed_by = _push(on, received_on, zone, pauses)
        sentences += pushed_by
    open_on = next_working_day(on, zone)
    if open_on != on:
        sentences.append(
            f"Le {weekday_date(on)} n’est pas un jour ouvré\u00a0: reporté au {weekday_date(open_on)}."
        )
    return Due(target.kind, open_on, " ".join(sentences))


def _origin(target: Target, received_on: date, since: str) -> str:
    in_force = "" if target.kind in LEGAL else f", en vigueur depuis le {long_date(target.effective_from)}"
    span = count(target.amount, *UNIT_WORDS[target.unit])
    return f"{span} après {since} du {long_date(received_on)}. C’est {target.source}{in_force}."


def _push(on: date, received_on: date, zone: Zone, pauses: Sequence[Pause]) -> tuple[date, list[str]]:
    """Add the days of each pause once, even where pauses overlap.

    A pause begun after the day has passed pushes nothing: waiting does not undo lateness.
    """
    sentences = []
    counted_to = received_on
    for pause in sorted(pauses, key=lambda pause: (pause.since, pause.until or date.max)):
        if pause.since > next_working_day(on, zone):
            break
        if pause.until is None:
            sentences.append(f"Suspendu depuis le {long_date(pause.since)}\u00a0: {pause.reason}.")
            continue
        days = (pause.until - max(pause.since, counted_to)).days
        if days > 0:
            # One begun after the day, on the days off that follow it, is waited for too.
            on = max(on + timedelta(days=days), pause.until)
            counted_to = pause.until
            sentences.append(_suspended(pause, days))
    return on, sentences


def _suspended(pause: Pause, days: int) -> str:
    if pause.is_running and pause.until is not None:
        last = long_date(pause.until - timedelta(days=1))
        since = long_date(pause.since)
        return f"Suspendu depuis le {since}, jusqu’au {last} au plus tard\u00a0: {pause.reason}."
    return f"Suspendu {count(days, 'jour', 'jours')}\u00a0: {pause.reason}."
