"""What was recommended in a case, for its page and for its forms."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from mediane.casework.models import Case, Recommendation

MOMENTS = ("made_at", "noted_at")
OF_ONE = (
    *("pk", "rank", "service", "officer", "words", "made_at", "made_by"),
    *("answer", "answer_words", "answered_on", "noted_at", "noted_by"),
)


def recommendations_around() -> ArraySubquery:
    """For a statement that reads a case: what was recommended, in order, at no further statement."""
    made = Recommendation.objects.filter(case=OuterRef("pk")).order_by("rank")
    return ArraySubquery(made.values_list(JSONObject(**{name: name for name in OF_ONE})))


def recommendations_read(values: Iterable[dict[str, Any]]) -> list[Recommendation]:
    return [Recommendation(**_typed(one)) for one in values]


def recommendation_of(case: Case, rank: int) -> Recommendation | None:
    found = Recommendation.objects.filter(case=case, rank=rank).first()
    if found is not None:
        found.case = case
    return found


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    instants = {name: datetime.fromisoformat(text) for name in MOMENTS if (text := values[name])}
    day = values["answered_on"]
    return values | instants | {"answered_on": date.fromisoformat(day) if day else None}
