"""Who carries how much in a service: read on the cases themselves, in no figure that is given out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from mediane.casework.rules.counting import COUNTED_AS_CLOSED
from mediane.casework.rules.load import Load
from mediane.casework.states import State
from mediane.kit import clock
from mediane.organisations.models import Organisation
from mediane.organisations.queries import team_of

AWAITING = [str(state) for state in (State.AWAITING_BENEFICIARY, State.AWAITING_DECISION)]
# Two reads, each by an index of its own: the open cases, then those closed in the period.
CARRIED = """
WITH carried AS (
    SELECT assignee_id, count(*) AS open, count(*) FILTER (WHERE state = ANY(%(awaiting)s)) AS waiting,
        count(*) FILTER (WHERE due_on < %(today)s) AS late, 0 AS closed
    FROM casework_case WHERE organisation_id = %(organisation)s AND closed_at IS NULL GROUP BY assignee_id
    UNION ALL
    SELECT assignee_id, 0, 0, 0, count(*) FROM casework_case
    WHERE organisation_id = %(organisation)s AND closed_at >= %(since)s AND closed_at <= %(until)s
        AND state = ANY(%(counted)s) GROUP BY assignee_id
)
SELECT c.assignee_id, coalesce(u.full_name, ''), sum(open), sum(waiting), sum(late), sum(closed)
FROM carried c LEFT JOIN accounts_user u ON u.id = c.assignee_id
GROUP BY c.assignee_id, u.full_name ORDER BY u.full_name
"""


@dataclass(frozen=True)
class Carrier:
    """`title` is empty for whoever left the service; without a name, cases that nobody follows."""

    name: str
    title: str
    load: Load


def carriers(caf: Organisation, *, since: datetime, until: datetime) -> list[Carrier]:
    """Everybody of the service, with nothing too; then those who left, then what nobody follows."""
    about: dict[str, Any] = {
        "organisation": caf.pk,
        "today": clock.day_of(until, caf.time_zone),
        "since": since,
        "until": until,
        "awaiting": AWAITING,
        "counted": [str(state) for state in COUNTED_AS_CLOSED],
    }
    with connection.cursor() as cursor:
        cursor.execute(CARRIED, about)
        found = {user: (name, Load(*map(int, numbers))) for user, name, *numbers in cursor.fetchall()}
    team = {member.user_id: member for member in team_of(caf.pk)}
    here = [
        Carrier(member.user.full_name, member.title, found.get(user, ("", Load()))[1])
        for user, member in team.items()
    ]
    gone = [
        Carrier(name, "", load)
        for user, (name, load) in found.items()
        if user is not None and user not in team
    ]
    return here + gone + [Carrier("", "", load) for user, (_, load) in found.items() if user is None]
