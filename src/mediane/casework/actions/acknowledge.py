from datetime import date, datetime

from django.db import transaction

from mediane.casework.actions.schedule import meet, sort_by_next_due
from mediane.casework.actions.step import happened, lock
from mediane.casework.models import Case
from mediane.casework.queries.postings import receipt_waits
from mediane.casework.rules.deadlines import Kind
from mediane.casework.states import Act
from mediane.journal.rules import Actor
from mediane.kit import clock


@transaction.atomic
def acknowledge(*, case: Case, by: Actor, at: datetime) -> None:
    """Note that receipt was acknowledged (CRPA L.112-11, R.112-11-2); once, then nothing.

    Nothing either while it waits on paper: what is not sent is not noted.
    """
    lock(case)
    note_acknowledged(case=case, by=by, at=at)


def note_acknowledged(*, case: Case, on: date | None = None, by: Actor, at: datetime) -> None:
    """The same, of a locked case; `on` is the day it left, if another."""
    due = case.deadlines.filter(kind=Kind.ACKNOWLEDGEMENT, met_on=None)
    if not due.exclude(receipt_waits("case_id")).exists():
        return
    meet(case, Kind.ACKNOWLEDGEMENT, on or clock.day_of(at, case.organisation.time_zone))
    sort_by_next_due(case)
    happened(case=case, act=Act.ACKNOWLEDGE, by=by, at=at)
