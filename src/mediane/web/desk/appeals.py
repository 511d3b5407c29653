"""The clock of a case as the desk shows it: one line, a ruler, and what was counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mediane.appeals.models import AppealEvent
from mediane.appeals.queries import clock_of, events_of, standing
from mediane.appeals.rules.clock import Clock
from mediane.appeals.rules.law import Effect
from mediane.appeals.states import Standing, What
from mediane.casework.models import Case, Step
from mediane.kit.french import count, long_date, short_date

SLUGS = {"decision": What.DECISION, "recevabilite": What.ADMISSIBILITY, "fin": What.END}
SLUG = {what: slug for slug, what in SLUGS.items()}


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
        list(_lines(clock)),
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
    # The flag of today stays within the frame.
    return marks, min(place(clock.today), 96)


def _day(on: date, clock: Clock) -> str:
    return short_date(on) if on.year == clock.today.year else f"{short_date(on)} {on.year}"


def _lines(clock: Clock) -> Iterator[Counted]:
    # What was counted before an interruption counts for nothing.
    is_erased = clock.policy is not None and clock.policy.effect == Effect.INTERRUPTION
    for place, span in enumerate(clock.spans):
        days = count(((span.until or clock.today) - span.since).days, "jour", "jours")
        since = long_date(span.since)
        if span.until is None:
            yield Counted(f"Depuis le {since}", f"{days} jusqu’ici, non comptés", is_counted=False)
            continue
        words = f"Du {since} au {long_date(span.until)}"
        is_counted = span.is_counted and not (is_erased and not place)
        how = "effacés" if span.is_counted and not is_counted else "comptés" if is_counted else "non comptés"
        yield Counted(words, f"{days} {how}", is_counted)


def known_of(event: AppealEvent | None) -> dict[str, Any]:
    """What a form begins with: what stands."""
    if event is None or event.on is None:
        return {"home": "same"}
    return {name: getattr(event, name) for name in ("on", "evidence", "path", "remedies", "home")}


def rank_of(events: Sequence[AppealEvent], what: What) -> int:
    last = standing(events, what)
    return last.rank if last else 0
