"""How many requests each Caf received since it opened, online and otherwise: counted without identity."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection

from mediane.casework.rules.adoption import Adoption

RECENT = timedelta(days=30)
# What stands for each Caf, then its arrivals from that day on.
COUNTED = """
WITH opened AS (
    SELECT DISTINCT ON (organisation_id) organisation_id, online_from
    FROM organisations_opening ORDER BY organisation_id, rank DESC
)
SELECT a.organisation_id,
    coalesce(sum(a.number) FILTER (WHERE a.is_online), 0),
    coalesce(sum(a.number) FILTER (WHERE NOT a.is_online), 0),
    coalesce(sum(a.number) FILTER (WHERE a.is_online AND a.received_on > %(recent)s), 0),
    coalesce(sum(a.number) FILTER (WHERE NOT a.is_online AND a.received_on > %(recent)s), 0)
FROM opened o JOIN casework_anonymousarrival a
    ON a.organisation_id = o.organisation_id AND a.received_on >= o.online_from
GROUP BY a.organisation_id
"""


@dataclass(frozen=True)
class Adopted:
    since_opening: Adoption = field(default_factory=Adoption)
    recently: Adoption = field(default_factory=Adoption)

    def __add__(self, other: "Adopted") -> "Adopted":
        return Adopted(self.since_opening + other.since_opening, self.recently + other.recently)


def adoption(today: date) -> Mapping[int, Adopted]:
    """By Caf, within what the context may see; in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"recent": today - RECENT})
        return {
            caf: Adopted(Adoption(online, others), Adoption(recent_online, recent_others))
            for caf, online, others, recent_online, recent_others in cursor.fetchall()
        }
