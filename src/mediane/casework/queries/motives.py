"""The cases behind a number: those that came with a motive, or ended with a cause, for a benefit."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from mediane.casework.models import Case, Closing
from mediane.casework.rules.counting import FROM_ANOTHER_CAF
from mediane.casework.states import State
from mediane.organisations.models import Organisation

MOST = 100
# As `rules.counting` says it of one case.
COUNTED_AS_RECEIVED = ~Q(state=State.MERGED) & ~Q(origin=FROM_ANOTHER_CAF)


def cases_with_ground(
    caf: Organisation, *, ground: str, benefit: str, since: date, until: date
) -> Sequence[Case]:
    """Received from a day to another, not counted, as the person said it; the latest first."""
    cases = Case.objects.of(caf.pk).filter(
        COUNTED_AS_RECEIVED,
        received_on__gte=since,
        received_on__lt=until,
        referral__grounds__contains=[ground],
        benefits__contains=[benefit],
    )
    return _shown(cases.order_by("-received_on", "-pk"))


def cases_with_cause(
    caf: Organisation, *, cause: str, benefit: str, since: date, until: date
) -> Sequence[Case]:
    """Closed by a reply that stands from a day to another, not counted, in the Caf’s own time; the latest
    first."""
    zone = ZoneInfo(caf.time_zone)
    begins, ends = (datetime.combine(day, time.min, zone) for day in (since, until))
    closings = Closing.objects.standing().filter(organisation=caf, cause=cause)
    cases = Case.objects.of(caf.pk).filter(
        closed_at__gte=begins,
        closed_at__lt=ends,
        benefits__contains=[benefit],
        pk__in=closings.values("case"),
    )
    return _shown(cases.order_by("-closed_at", "-pk"))


def _shown(cases: QuerySet[Case]) -> list[Case]:
    return list(cases.select_related("beneficiary")[:MOST])
