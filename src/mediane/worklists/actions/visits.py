"""When somebody opens a case, and what they call seen. The journal has the reading itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from mediane.casework.models import Case
from mediane.casework.rights import may_work_on, require
from mediane.journal.rules import Actor
from mediane.kit.prepared import kept
from mediane.worklists import rights
from mediane.worklists.models import Visit
from mediane.worklists.rules import SAME_VISIT

# One statement for the visit, for the one before it and for whether keys are shortcuts: all that a page of a
# case costs more. Two tabs opened at once write one row, one after the other.
OPENED = """
INSERT INTO worklists_visit AS known (organisation_id, user_id, case_id, at, before)
VALUES (%(organisation)s, %(user)s, %(case)s, %(at)s, NULL)
ON CONFLICT (user_id, case_id) DO UPDATE SET
before = CASE WHEN known.at < %(long_ago)s THEN known.at ELSE known.before END,
at = greatest(known.at, excluded.at)
RETURNING before, coalesce((
    SELECT has_shortcuts FROM worklists_desk WHERE organisation_id = %(organisation)s AND user_id = %(user)s
), false)
"""


@dataclass(frozen=True)
class Opened:
    """Since when what others did is new to whoever opens a case: None the first time, when all of it is."""

    since: datetime | None
    has_shortcuts: bool


def open_case(*, case: Case, by: Actor, at: datetime) -> Opened:
    """Note that somebody opened a case that was consulted. Within half an hour it is one visit."""
    require(may_work_on(by, case))
    about: Any = {
        "organisation": case.organisation_id,
        "user": by.id,
        "case": case.pk,
        "at": at,
        "long_ago": at - SAME_VISIT,
    }
    with kept() as cursor:
        cursor.execute(OPENED, about)
        return Opened(*cursor.fetchone())


@transaction.atomic
def see_all(*, by: Actor, at: datetime) -> None:
    """Call seen whatever changed on the cases one has opened; those never opened stay so."""
    require(rights.may_keep(by))
    Visit.objects.filter(organisation_id=by.organisation_id, user_id=by.id, at__lt=at).update(
        at=at, before=at
    )
