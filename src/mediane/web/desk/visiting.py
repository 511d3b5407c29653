"""What is new on a case to whoever opens it: what others did since the visit before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mediane.casework.models import Case
from mediane.kit import clock
from mediane.web.desk.thread import Entry
from mediane.web.request import StaffRequest
from mediane.worklists import actions


@dataclass(frozen=True)
class Visit:
    """`since` is None the first time, when nothing is more new than the rest."""

    since: datetime | None
    has_shortcuts: bool
    thread: list[Entry]

    @property
    def news(self) -> int:
        return sum(1 for entry in self.thread if self.since and entry.new and entry.at > self.since)


def visit(request: StaffRequest, case: Case, thread: Sequence[Entry]) -> Visit:
    """Note the visit, and flag in the thread what came since the one before."""
    opened = actions.open_case(case=case, by=request.actor, at=clock.now())
    since = opened.since
    flagged = [
        replace(entry, new=True) if since and entry.at > since and entry.by != request.actor.name else entry
        for entry in thread
    ]
    return Visit(since, opened.has_shortcuts, flagged)
