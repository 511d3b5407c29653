"""What goes on top of the work plan: late, this week, later; and the words of a deadline in a list."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from mediane.kit.french import MONTHS, count, long_date, short_date, weekday_date
from mediane.kit.workdays import Zone, working_days_between

SOON = 5


@dataclass(frozen=True)
class Chip:
    kind: Literal["late", "soon", "later", "paused", "done"]
    words: str


def week_ends(today: date) -> date:
    """The Sunday of the week."""
    return today + timedelta(days=6 - today.weekday())


def chip(due_on: date, *, today: date, zone: Zone, is_paused: bool = False) -> Chip:
    """The words of what is due: lateness first, then the day, the full date beyond a week."""
    if due_on < today:
        return Chip("late", f"{count(late_by(due_on, today, zone), 'jour', 'jours')} de retard")
    if is_paused:
        return Chip("paused", "Suspendue")
    if due_on == today:
        return Chip("soon", "Aujourd’hui")
    if due_on == today + timedelta(days=1):
        return Chip("soon", "Demain")
    if working_days_between(today, due_on, zone) <= SOON:
        day, on = weekday_date(due_on).split(" ")[0], short_date(due_on)
        return Chip("soon", f"{day.capitalize()} {on}")
    return Chip("later", day_and_month(due_on) if due_on.year == today.year else long_date(due_on))


def late_by(due_on: date, today: date, zone: Zone) -> int:
    """Working days of lateness; a weekend alone still counts for one."""
    return max(1, working_days_between(due_on, today, zone))


def day_and_month(on: date) -> str:
    """« 9 décembre »."""
    return f"{'1er' if on.day == 1 else on.day}\u00a0{MONTHS[on.month - 1]}"
