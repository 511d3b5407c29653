"""The delays a Caf works under with its services, of every date. Reference data, kept."""

from datetime import date
from functools import cache

from django.db.models import Q

from mediane.consultations.models import Consultation
from mediane.consultations.rules import KINDS, Delay, Ladder, ladder_on, proposed_due
from mediane.kit import clock
from mediane.organisations.models import Organisation, ServiceTarget
from mediane.organisations.queries import by_id, holiday_zone_of


@cache
def delays_of(organisation_id: int) -> tuple[Delay, ...]:
    rows = ServiceTarget.objects.filter(Q(organisation=None) | Q(organisation=organisation_id))
    return tuple(
        Delay(
            kind=row.kind,
            days=row.amount,
            source=row.source,
            effective_from=row.effective_from,
            is_own=row.organisation_id is not None,
        )
        for row in rows.filter(kind__in=KINDS).order_by("pk")
    )


def ladder_of(consultation: Consultation) -> Ladder:
    """What held the day it was asked holds until it is answered."""
    zone = by_id(consultation.organisation_id).time_zone
    return ladder_on(delays_of(consultation.organisation_id), clock.day_of(consultation.asked_at, zone))


def ladder_today(caf: Organisation, day: date) -> Ladder:
    return ladder_on(delays_of(caf.pk), day)


def due_proposed(caf: Organisation, day: date, *, of_body: bool = False) -> date:
    return proposed_due(day, ladder_today(caf, day), holiday_zone_of(caf), of_body=of_body)
