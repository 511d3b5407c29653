from datetime import datetime

from django.db import transaction

from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.search import queries


@transaction.atomic
def look_for(*, text: str, by: Actor, at: datetime) -> queries.Found:
    """Search the cases of one’s Caf. The journal keeps which were shown, never the words typed."""
    found = queries.search(organisation_id=by.organisation_id, text=text)
    shown = " ".join(case.reference for case in found.cases)
    record(
        verb="search",
        subject=("search", str(found.by)),
        by=by,
        at=at,
        count=str(len(found.cases)),
        shown=shown,
    )
    return found
