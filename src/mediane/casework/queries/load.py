"""Who carries how much in a service: read on the cases themselves, in no figure that is given out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from mediane.casework.rules.counting import COUNTED_AS_CLOSED
from mediane.casework.rules.load import A_MONTH, A_QUARTER, Ages, Load
from mediane.casework.states import State
from mediane.kit import clock
from mediane.organisations.models import Organisation
from mediane.organisations.queries import team_of

AWAITING = [str(state) for state in (State.AWAITING_BENEFICIARY, State.AWAITING_DECISION)]
# Two reads, each by an index of its own: the open cases, then those closed in the period.
CARRIED = """
WITH carried AS (
    SELECT assignee_id, count(*) AS open, count(*) FILTER (WHERE state = ANY(%(awaiting)s)) AS waiting,
        count(*) FILTER (WHERE due_on < %(today)s) AS late, 0 AS closed,
        count(*) FILTER (WHERE received_on > %(month)s) AS young,
        count(*) FILTER (WHERE received_on <= %(quarter)s) AS old
    FROM casework_case WHERE organisation_id = %(organisation)s AND closed_at IS NULL GROUP BY assignee_id
    UNION ALL
    SELECT assignee_id, 0, 0, 0, count(*), 0, 0 FROM casework_case
    WHERE organisation_id = %(organisation)s AND closed_at >= %(since)s AND closed_at <= %(until)s
        AND state = ANY(%(counted)s) GROUP BY assignee_id
)
SELECT c.assignee_id, coalesce(u.full_name, ''), sum(open), sum(waiting), sum(late), sum(closed),
    sum(young), sum(old)
FROM carried c LEFT JOIN accounts_user u ON u.id = c.assignee_id
GROUP BY c.assignee_id, u.full_name ORDER BY u.full_name
"""


@dataclass(frozen=True)
class Carrier:
    """`title` is empty for whoever left the service; without a name, cases that nobody follows."""

    name: str
    title: str
    load: Load
    ages: Ages
    user: int | None = None


def carriers(caf: Organisation, *, since: datetime, until: datetime) -> list[Carrier]:
    """Everybody of the service, with nothing too; then those who left, then what nobody follows."""
    today = clock.day_of(until, caf.time_zone)
    about: dict[str, Any] = {
        "organisation": caf.pk,
        "today": today,
        "month": today - A_MONTH,
        "quarter": today - A_QUARTER,
        "since": since,
        "until": until,
        "awaiting": AWAITING,
        "counted": [str(state) for state in COUNTED_AS_CLOSED],
    }
    with connection.cursor() as cursor:
        cursor.execute(CARRIED, about)
        found = {user: (name, *_read(numbers)) for user, name, *numbers in cursor.fetchall()}
    team = {member.user_id: member for member in team_of(caf.pk)}
    nothing = ("", Load(), Ages())
    here = [
        Carrier(member.user.full_name, member.title, *found.get(user, nothing)[1:], user)
        for user, member in team.items()
    ]
    gone = [
        Carrier(name, "", load, ages, user)
        for user, (name, load, ages) in found.items()
        if user is not None and user not in team
    ]
    nobody = [Carrier("", "", load, ages) for user, (_, load, ages) in found.items() if user is None]
    return here + gone + nobody


def _read(numbers: Sequence[Any]) -> tuple[Load, Ages]:
    *load, young, old = map(int, numbers)
    return Load(*load), Ages(young, load[0] - young - old, old)
