"""Days away, both ends included: who is away, who stands in, and on which days nobody does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mediane.kit.french import long_date

ONE_DAY = timedelta(days=1)
# Somebody ill is declared when they can; further away, a year was mistyped.
SINCE, UNTIL = timedelta(days=31), timedelta(days=400)


@dataclass(frozen=True, order=True)
class Days:
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def shared_with(self, other: "Days") -> "Days | None":
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Days(first, last) if first <= last else None

    @property
    def in_words(self) -> str:
        """« le 3 juin 2026 », « du 3 au 7 juin 2026 », « du 30 mai 2026 au 2 juin 2026 »."""
        if self.first == self.last:
            return f"le {long_date(self.first)}"
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            day = "1er" if self.first.day == 1 else str(self.first.day)
            return f"du {day} au {long_date(self.last)}"
        return f"du {long_date(self.first)} au {long_date(self.last)}"


def shared(days: Days, others: Iterable[Days]) -> list[Days]:
    """The parts of these days that others have too, one after the other; those that touch are one."""
    parts = sorted(part for other in others if (part := days.shared_with(other)))
    joined: list[Days] = []
    for part in parts:
        if joined and part.first <= joined[-1].last + ONE_DAY:
            joined[-1] = Days(joined[-1].first, max(joined[-1].last, part.last))
        else:
            joined.append(part)
    return joined


def is_throughout(days: Days, others: Iterable[Days]) -> bool:
    """Whether others hold each of these days."""
    return shared(days, others) == [days]


def who_stands_in(user: int, covers: Mapping[int, int | None]) -> int | None:
    """Who does today what falls to somebody; `covers` gives who is away, each with their cover.

    None when nobody does: without a cover, or with one who is away too.
    """
    if user not in covers:
        return user
    cover = covers[user]
    return None if cover in covers else cover
