"""The cases behind a number: those that came with a motive, or ended with a cause, for a benefit."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from mediane.casework.models import Case
from mediane.casework.rules.counting import counted
from mediane.organisations.models import Organisation

MOST = 100


def cases_with_ground(
    caf: Organisation, *, ground: str, benefit: str, since: date, until: date
) -> Sequence[Case]:
    """Received from a day to another, not counted; the latest first."""
    cases = Case.objects.of(caf.pk).filter(
        received_on__gte=since,
        received_on__lt=until,
        grounds__contains=[ground],
        benefits__contains=[benefit],
    )
    return _shown(cases.order_by("-received_on", "-pk"), as_received=True)


def cases_with_cause(
    caf: Organisation, *, cause: str, benefit: str, since: date, until: date
) -> Sequence[Case]:
    """Closed from a day to another, not counted, in the Caf’s own time; the latest first."""
    zone = ZoneInfo(caf.time_zone)
    begins, ends = (datetime.combine(day, time.min, zone) for day in (since, until))
    cases = Case.objects.of(caf.pk).filter(
        closed_at__gte=begins, closed_at__lt=ends, cause=cause, benefits__contains=[benefit]
    )
    return _shown(cases.order_by("-closed_at", "-pk"), as_received=False)


def _shown(cases: QuerySet[Case], *, as_received: bool) -> list[Case]:
    """What another case or Caf answers for is not counted, and so not shown."""
    found = list(cases.select_related("beneficiary")[:MOST])
    return [case for case in found if _is_counted(case, as_received)]


def _is_counted(case: Case, as_received: bool) -> bool:
    counts = counted(origin=case.origin, state=case.state)
    return counts.as_received if as_received else counts.as_closed
