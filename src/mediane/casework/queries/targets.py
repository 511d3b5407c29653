from functools import cache

from django.db.models import Q

from mediane.casework.rules.deadlines import Kind, Target, Unit
from mediane.organisations.models import ServiceTarget


@cache
def targets_of(organisation_id: int) -> tuple[Target, ...]:
    """The law’s delays and the targets a Caf works under, of every date. Reference data, kept."""
    rows = ServiceTarget.objects.filter(Q(organisation_id=None) | Q(organisation_id=organisation_id))
    return tuple(
        Target(
            kind=Kind(row.kind),
            amount=row.amount,
            unit=Unit(row.unit),
            source=row.source,
            effective_from=row.effective_from,
        )
        for row in rows.order_by("effective_from", "pk")
    )
