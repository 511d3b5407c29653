from functools import cache

from django.db.models import Q, QuerySet

from mediane.casework.rules.deadlines import Kind, Target, Unit
from mediane.casework.rules.reopening import Limit
from mediane.organisations.models import ServiceTarget

# A limit in months, beside the deadlines.
REOPENING = "reopening"


@cache
def targets_of(organisation_id: int) -> tuple[Target, ...]:
    """The law’s delays and the targets a Caf works under, of every date. Reference data, kept."""
    rows = _rows(organisation_id).filter(kind__in=[kind.value for kind in Kind])
    return tuple(
        Target(
            kind=Kind(row.kind),
            amount=row.amount,
            unit=Unit(row.unit),
            source=row.source,
            effective_from=row.effective_from,
        )
        for row in rows
    )


@cache
def reopening_limits(organisation_id: int) -> tuple[Limit, ...]:
    """Until when a Caf looks at its answers again, of every date. Reference data, kept."""
    rows = _rows(organisation_id).filter(kind=REOPENING)
    return tuple(
        Limit(months=row.amount, source=row.source, effective_from=row.effective_from) for row in rows
    )


def _rows(organisation_id: int) -> QuerySet[ServiceTarget]:
    rows = ServiceTarget.objects.filter(Q(organisation_id=None) | Q(organisation_id=organisation_id))
    return rows.order_by("effective_from", "pk")
