"""Counting again: whatever happened, the month is replaced by what its cases say now."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from procrastinate.exceptions import AlreadyEnqueued

from mediane.casework.models import Case, Step
from mediane.catalogue.rules import threshold_on
from mediane.imports.models import Import, PastCase
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, jobs
from mediane.kit.refusal import Refusal
from mediane.organisations.models import Organisation
from mediane.organisations.queries import all_cafs
from mediane.statistics import rights
from mediane.statistics.models import Publication, Signal, Tally, Watermark
from mediane.statistics.queries.counted import NETWORK, Place
from mediane.statistics.queries.facts import facts_of
from mediane.statistics.queries.published import codes, years_counted
from mediane.statistics.queries.signals import series_of
from mediane.statistics.rules.control import seasons, signal
from mediane.statistics.rules.counts import Counts, Key, added, tally
from mediane.statistics.rules.published import NETWORK as OF_THE_NETWORK
from mediane.statistics.rules.published import publish
from mediane.statistics.states import Population

# An act is dated when it begins, and seen once it is committed: what came late is looked at again.
OVERLAP = timedelta(minutes=15)
LONG_GAP, ALMOST_A_YEAR = timedelta(days=100), timedelta(days=340)


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
    for near in _near(sorted(months)):
        Tally.objects.filter(organisation=caf, month__in=near).delete()
        facts = facts_of(caf, near[0], near[-1])
        Tally.objects.bulk_create(
            _row(month, key, counts, caf=caf) for month in near for key, counts in tally(facts, month).items()
        )


def _near(months: Iterable[date]) -> Iterator[list[date]]:
    """A year at most, without long gaps: read at once, since a statement costs more than a few requests."""
    some: list[date] = []
    for month in months:
        if some and (month - some[-1] > LONG_GAP or month - some[0] > ALMOST_A_YEAR):
            yield some
            some = []
        some.append(month)
    if some:
        yield some


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


class NotPublished(Refusal):
    """Nothing is given out."""


@transaction.atomic
def order_publication(*, year: int, by: Actor, at: datetime) -> None:
    """Have a year published by a job: masking every Caf at once takes a while.

    :raises NotPublished: if the year is not over, or is ordered or published already.
    """
    if not rights.may_publish(by):
        raise PermissionDenied
    _require_over(year, at)
    if Publication.objects.filter(year=year).exists():
        raise NotPublished(f"L’année {year} est déjà publiée\u00a0: elle ne change plus.")
    try:
        with transaction.atomic():
            jobs.defer("publish_year", once=f"publish:{year}", year=year, user_id=by.id)
    except AlreadyEnqueued as twice:
        raise NotPublished(f"La publication de {year} est déjà demandée.") from twice


@transaction.atomic
def publish_year(*, year: int, by: Actor, at: datetime) -> None:
    """Give out a whole year, of every Caf and of the network: once, and all at once.

    :raises NotPublished: if the year is not over, holds nothing, or is published already.
    """
    if not rights.may_publish(by):
        raise PermissionDenied
    today = _require_over(year, at)
    cafs = {caf.code: caf for caf in all_cafs()}
    years = years_counted(year, [(caf.pk, code) for code, caf in cafs.items()])
    if not any(counts for one in years.values() for counts in one.whole.values()):
        raise NotPublished(f"Rien n’est compté en {year}.")
    smallest = threshold_on(today).smallest
    told = publish(years, codes(), smallest)
    rows = [
        Publication(
            organisation=None if place == OF_THE_NETWORK else cafs[place],
            year=year,
            threshold=smallest,
            content=asdict(one),
            published_at=at,
            published_by=by.name,
        )
        for place, one in told.items()
    ]
    try:
        with transaction.atomic():
            Publication.objects.bulk_create(rows)
    except IntegrityError as twice:
        raise NotPublished(f"L’année {year} est déjà publiée\u00a0: elle ne change plus.") from twice
    record(verb="publish_figures", subject=("figures", str(year)), by=by, at=at)


@transaction.atomic
def watch(*, caf: Organisation, today: date) -> int:
    """Replace the signals of a Caf by those of its whole months; how many stand. In its context, once the
    network is added up: its season is read there."""
    network = series_of(NETWORK, today=today)
    Signal.objects.filter(organisation=caf).delete()
    raised = []
    for (motive, code, benefit), months in series_of(Place(caf.pk), today=today).items():
        found = signal(months, seasons(network.get((motive, code, benefit), months)))
        if found:
            raised.append(
                Signal(
                    organisation=caf,
                    motive=motive,
                    code=code,
                    benefit=benefit,
                    since=found.since,
                    until=found.until,
                    observed=found.observed,
                    expected=round(Decimal(found.expected), 1),
                )
            )
    return len(Signal.objects.bulk_create(raised))


def _require_over(year: int, at: datetime) -> date:
    today = clock.day_of(at, "Europe/Paris")
    if year >= today.year:
        raise NotPublished(f"L’année {year} n’est pas finie\u00a0: elle se publie une fois close.")
    return today


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
