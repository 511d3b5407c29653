from datetime import datetime

from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import Func, Value

from mediane.casework.models import Case
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.search import queries
from mediane.search.models import Copied


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


def hear_copied(*, case: Case, said: str) -> None:
    """Let a case be found by what came sealed with it, once."""
    words = Func(Value(said), function="search_words", output_field=SearchVectorField())
    copied = Copied(organisation_id=case.organisation_id, case_id=case.pk, words=words)
    Copied.objects.bulk_create([copied], ignore_conflicts=True)
