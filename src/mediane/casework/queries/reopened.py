"""What was closed and studied again, and until when an answer may be."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from mediane.casework.models import Case, Reopening
from mediane.casework.queries.targets import reopening_limits
from mediane.casework.rules.reopening import reopens_until
from mediane.kit import clock

OF_A_REOPENING = ("closed_at", "because", "reopened_at", "reopened_by")


def reopenings_around() -> ArraySubquery:
    """For a statement that reads a case: what was reopened, newest first, at no further statement."""
    reopened = Reopening.objects.filter(case=OuterRef("pk")).order_by("-reopened_at")
    return ArraySubquery(reopened.values_list(JSONObject(**{name: name for name in OF_A_REOPENING})))


def reopenings_read(values: Iterable[dict[str, Any]]) -> list[Reopening]:
    moments = ("closed_at", "reopened_at")
    return [
        Reopening(**one | {name: datetime.fromisoformat(one[name]) for name in moments}) for one in values
    ]


def last_day_to_reopen(case: Case, answered_at: datetime) -> date | None:
    answered_on = clock.day_of(answered_at, case.organisation.time_zone)
    return reopens_until(answered_on, reopening_limits(case.organisation_id))
