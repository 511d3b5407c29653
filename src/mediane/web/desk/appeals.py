"""The clock of a case as the desk shows it: one line, a ruler, and what was counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mediane.appeals.models import AppealEvent
from mediane.appeals.queries import clock_of, events_of, standing
from mediane.appeals.rules.clock import Clock
from mediane.appeals.states import Standing, What
from mediane.casework.models import Case, Step
from mediane.kit.french import count, long_date, short_date

SLUGS = {"decision": What.DECISION, "recevabilite": What.ADMISSIBILITY, "fin": What.END}
SLUG = {what: slug for slug, what in SLUGS.items()}
TAGS = {
    Standing.RUNNING: "todo",
    Standing.STOPPED: "wait",
    Standing.PAST: "closed",
}


@dataclass(frozen=True)
class Counted:
    """One line under the ruler: days counted or not, in order."""

    words: str
    days: str
    is_counted: bool


@dataclass(frozen=True)
class ShownClock:
    clock: Clock
    headline: str
    marks: list[dict[str, Any]]
    today_at: int | None
    counted: list[Counted]
    # What to enter: the words, and the page to do it on.
    missing: list[tuple[str, str]]


def shown_clock(case: Case, steps: Sequence[Step], today: date) -> ShownClock:
    """One statement: the days noted."""
    return as_shown(clock_of(case, steps, events_of(case.pk), today))


def as_shown(clock: Clock) -> ShownClock:
    marks, today_at = _ruler(clock)
    return ShownClock(
        clock,
        headline(clock),
        marks,
        today_at,
        [_line(span.since, span.until, clock.today, is_counted=span.is_counted) for span in clock.spans],
        [(words, SLUG[what] if what else "") for what, words in clock.missing],
    )


def headline(clock: Clock) -> str:
    """The result in one sentence, without a promise."""
    if clock.last_day is not None and clock.days_left is not None:
        left = count(clock.days_left, "jour", "jours") if clock.days_left else ""
        return f"Jusqu’au {long_date(clock.last_day)}{f', dans {left}' if left else ', aujourd’hui'}"
    if clock.last_day is not None:
        return f"Fini depuis le {long_date(clock.last_day)}"
    if clock.standing == Standing.STOPPED and clock.policy is not None:
        return f"{clock.policy.short.capitalize()} depuis le {long_date(clock.spans[-1].since)}"
    if clock.missing:
        return "Pas calculé\u00a0: une date manque ou se contredit"
    return Standing(clock.standing).label


def _ruler(clock: Clock) -> tuple[list[dict[str, Any]], int | None]:
    if not clock.spans:
        return [], None
    start = clock.spans[0].since
    end = max(clock.spans[-1].until or clock.today, start)
    whole = max(1, (max(end, clock.today) - start).days)

    def place(on: date) -> int:
        return min(100, max(0, round(100 * (on - start).days / whole)))

    named = [(start, "Décision notifiée", "done")]
    if len(clock.spans) > 1:
        named.append((clock.spans[1].since, "Recevabilité", "done"))
    if len(clock.spans) > 2:
        named.append((clock.spans[2].since, "Fin de la médiation", "done"))
    if clock.last_day is not None:
        kind = "target" if clock.standing == Standing.RUNNING else "done"
        named.append((clock.last_day, "Dernier jour", kind))
    marks = [
        {"at": place(on), "date": _day(on, clock), "label": label, "kind": kind} for on, label, kind in named
    ]
    return marks, place(clock.today)


def _day(on: date, clock: Clock) -> str:
    return short_date(on) if on.year == clock.today.year else f"{short_date(on)} {on.year}"


def _line(since: date, until: date | None, today: date, *, is_counted: bool) -> Counted:
    days = count(((until or today) - since).days, "jour", "jours")
    if until is None:
        return Counted(f"Depuis le {long_date(since)}", f"arrêté, {days} jusqu’ici", is_counted)
    words = f"Du {long_date(since)} au {long_date(until)}"
    return Counted(words, f"{days} {'comptés' if is_counted else 'arrêtés'}", is_counted)


def known_of(event: AppealEvent | None) -> dict[str, Any]:
    """What a form begins with: what stands."""
    if event is None or event.on is None:
        return {"home": "same"}
    return {name: getattr(event, name) for name in ("on", "evidence", "path", "remedies", "home")}


def rank_of(events: Sequence[AppealEvent], what: What) -> int:
    last = standing(events, what)
    return last.rank if last else 0
