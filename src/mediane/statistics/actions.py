"""Counting again: whatever happened, the month is replaced by what its cases say now."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from mediane.casework.models import Case, Step
from mediane.imports.models import Import, PastCase
from mediane.kit import clock
from mediane.organisations.models import Organisation
from mediane.organisations.queries import all_cafs
from mediane.statistics.models import Tally, Watermark
from mediane.statistics.queries.counted import NETWORK, Place
from mediane.statistics.queries.facts import facts_of
from mediane.statistics.rules.counts import Counts, Key, added, tally
from mediane.statistics.states import Population

# An act is dated when it begins, and seen once it is committed: what came late is looked at again.
OVERLAP = timedelta(minutes=15)


@transaction.atomic
def catch_up(*, caf: Organisation, at: datetime) -> set[date]:
    """Count again the months of everything that happened since last time; returns them.

    In the context of the Caf. Two at once: the second waits, then finds little to do.
    """
    mark, is_new = Watermark.objects.select_for_update().get_or_create(
        organisation=caf, defaults={"caught_up_at": at}
    )
    months = every_month(caf) if is_new else _touched(caf, mark.caught_up_at - OVERLAP)
    recount(caf=caf, months=months)
    mark.caught_up_at = at
    mark.save(update_fields=["caught_up_at"])
    return months


@transaction.atomic
def recount_everything(*, caf: Organisation, at: datetime) -> set[date]:
    """Count every month again, as if nothing had been; returns them. In the context of the Caf."""
    Watermark.objects.filter(organisation=caf).update(caught_up_at=at)
    months = every_month(caf)
    recount(caf=caf, months=months)
    return months


@transaction.atomic
def recount(*, caf: Organisation, months: Iterable[date]) -> None:
    """Replace these months of a Caf by what its cases say now, in the context of the Caf."""
    for month in sorted(months):
        Tally.objects.filter(organisation=caf, month=month).delete()
        counted = tally(facts_of(caf, month), month)
        Tally.objects.bulk_create(_row(month, key, counts, caf=caf) for key, counts in counted.items())


@transaction.atomic
def add_up(*, months: Iterable[date]) -> None:
    """Replace these months of the regions and of the network by the sums of their Cafs.

    In the national context, which sees numbers of every Caf and no case.
    """
    regions = {caf.pk: caf.network_region for caf in all_cafs()}
    for month in sorted(months):
        Tally.objects.filter(organisation=None, month=month).delete()
        parts: dict[tuple[Place, Key], list[Counts]] = {}
        for row in Tally.objects.filter(month=month):
            key = Key(Population(row.population), row.channel, row.benefit)
            for place in (NETWORK, Place(region=regions[row.organisation_id or 0])):
                parts.setdefault((place, key), []).append(row.counts)
        Tally.objects.bulk_create(
            _row(month, key, added(several), region=place.region) for (place, key), several in parts.items()
        )


def _row(
    month: date, key: Key, counts: Counts, *, caf: Organisation | None = None, region: str = ""
) -> Tally:
    return Tally(
        organisation=caf,
        region=region,
        month=month,
        population=key.population,
        channel=key.channel,
        benefit=key.benefit,
        counts=counts,
    )


def _touched(caf: Organisation, since: datetime) -> set[date]:
    """A case is counted the month it came and the month it ended, as it was before and as it is now."""
    moved = Step.objects.filter(organisation=caf, at__gt=since).values("case")
    lived = Step.objects.filter(case__in=moved).values_list("at", "case__received_on")
    months = {
        day.replace(day=1) for at, received in lived for day in (clock.day_of(at, caf.time_zone), received)
    }
    read = Import.objects.filter(Q(taken_at__gt=since) | Q(undone_at__gt=since), organisation=caf)
    return months | _imported(caf) if read.exists() else months


def every_month(caf: Organisation) -> set[date]:
    """Every month in which this Caf received or ended something."""
    cases = Case.objects.filter(organisation=caf).values_list("received_on", "closed_at")
    closed = {clock.day_of(at, caf.time_zone).replace(day=1) for _, at in cases if at}
    return {received.replace(day=1) for received, _ in cases} | closed | _imported(caf)


def _imported(caf: Organisation) -> set[date]:
    """What an undone import had brought was counted in months that its rows no longer tell."""
    rows = PastCase.objects.filter(organisation=caf).values_list("received_on", "answered_on")
    counted = Tally.objects.filter(organisation=caf).values_list("month", flat=True)
    return {day.replace(day=1) for row in rows for day in row if day} | set(counted)
