from datetime import date

from mediane.events.models import Event


def events_of(organisation_id: int, year: int) -> list[Event]:
    """The events of a year, in their order: what the highlights of its report are made of."""
    return list(
        Event.objects.of(organisation_id)
        .filter(on__gte=date(year, 1, 1), on__lt=date(year + 1, 1, 1))
        .order_by("on", "pk")
    )


def years_of(organisation_id: int) -> list[int]:
    """The years that have events, the latest first."""
    days = Event.objects.of(organisation_id).dates("on", "year", order="DESC")
    return [day.year for day in days]
