"""Money of cases, for the page of one and for the page of a Caf: always a constant number of statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, JSONObject

from mediane.casework.models import Case, Closing, FinancialEffect
from mediane.casework.rules.counting import COUNTED_AS_CLOSED
from mediane.casework.rules.money import by_each, latest, totals
from mediane.casework.states import Effect
from mediane.kit import clock

AMOUNTS = ("before", "after", "amount")
MOMENTS = ("recorded_at", "validated_at")
OF_A_LINE = (
    *("pk", "rank", "kind", "benefit", "decision", "evidence", "corrects_id"),
    *("recorded_at", "recorded_by", "recorded_by_id"),
    *("validated_at", "validated_by", "validated_by_id"),
)
# Without « décision » and « justificatif »: what is typed there may tell the case.
READ_BY_THE_HEAD = (
    *("organisation", "case", "kind", "benefit", "before", "after", "amount", "corrects__amount"),
    *("recorded_at", "recorded_by", "recorded_by_id"),
)
MOST = 100
# A case may end otherwise than by a reply; its money is nobody’s of the mediators.
NOBODY = ""


@dataclass(frozen=True)
class Running:
    """Of a Caf and a year of closing: what counts, in all and by mediator, the one who closed."""

    whole: Mapping[Effect, Decimal]
    by_mediator: dict[str, dict[Effect, Decimal]]
    waiting: int


def effects_around() -> ArraySubquery:
    """For a statement that reads a case: its lines of money, at no further statement."""
    lines = FinancialEffect.objects.filter(case=OuterRef("pk")).order_by("rank")
    # Out of JSON, an amount would come back as a float.
    amounts = {name: Cast(name, CharField()) for name in AMOUNTS}
    return ArraySubquery(lines.values_list(JSONObject(**_same(OF_A_LINE), **amounts)))


def effects_read(values: Iterable[dict[str, Any]]) -> list[FinancialEffect]:
    """As recorded, the first one first."""
    return [FinancialEffect(**_typed(one)) for one in values]


def effect_of(case: Case, rank: int) -> FinancialEffect | None:
    found = FinancialEffect.objects.filter(case=case, rank=rank).first()
    if found is not None:
        found.case = case
    return found


def has_money(case: Case) -> bool:
    """Whether a line stands, validated or not."""
    return bool(latest(FinancialEffect.objects.filter(case=case)))


def to_validate(organisation_id: int) -> tuple[list[FinancialEffect], int]:
    """Of a Caf, the lines that wait for a second person, the oldest first; and how many there are."""
    waiting = _waiting(organisation_id)
    return list(waiting.select_related("corrects", "case__beneficiary")[:MOST]), waiting.count()


def to_validate_without_the_case(organisation_id: int) -> tuple[list[FinancialEffect], int]:
    """The same for the head, who sees no case: neither what is around a line nor its words are read."""
    waiting = _waiting(organisation_id)
    return list(waiting.select_related("corrects").only(*READ_BY_THE_HEAD)[:MOST]), waiting.count()


def _waiting(organisation_id: int) -> QuerySet[FinancialEffect]:
    waiting = FinancialEffect.objects.filter(organisation_id=organisation_id, validated_at=None)
    return waiting.order_by("recorded_at", "pk")


def line_of(organisation_id: int, line: int) -> FinancialEffect | None:
    """As the head finds it."""
    lines = FinancialEffect.objects.filter(organisation_id=organisation_id, pk=line)
    return lines.only("organisation", "case").first()


def first_year(organisation_id: int, time_zone: str) -> int | None:
    """Of the first case closed with money."""
    lines = FinancialEffect.objects.filter(organisation_id=organisation_id, case__state__in=COUNTED_AS_CLOSED)
    first = lines.aggregate(first=Min("case__closed_at"))["first"]
    return clock.day_of(first, time_zone).year if first else None


def running(organisation_id: int, year: int, time_zone: str) -> Running:
    """Everything in one statement: the lines of the cases closed that year, in the time of the Caf."""
    zone = ZoneInfo(time_zone)
    begins, ends = (datetime.combine(date(one, 1, 1), time.min, zone) for one in (year, year + 1))
    closings = Closing.objects.standing().filter(case=OuterRef("case"))
    lines = list(
        FinancialEffect.objects.filter(
            organisation_id=organisation_id,
            case__state__in=COUNTED_AS_CLOSED,
            case__closed_at__gte=begins,
            case__closed_at__lt=ends,
        ).annotate(closed_by=Coalesce(Subquery(closings.values("closed_by")[:1]), Value(NOBODY)))
    )
    mediators = by_each(lines, lambda line: line.closed_by)
    return Running(
        whole=totals(lines),
        by_mediator=dict(sorted(mediators.items())),
        waiting=sum(line.validated_at is None for line in lines),
    )


def _same(names: Iterable[str]) -> dict[str, str]:
    return {name: name for name in names}


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    instants = {name: datetime.fromisoformat(text) for name in MOMENTS if (text := values[name])}
    return values | instants | {name: Decimal(values[name]) for name in AMOUNTS}
