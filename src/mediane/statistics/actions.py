"""Counting again: whatever happened, the month is replaced by what its cases say now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from procrastinate.exceptions import AlreadyEnqueued

from mediane.casework.models import Case, Step
from mediane.catalogue.rules import threshold_on
from mediane.imports.models import Import, PastCase
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import bulk, clock, jobs
from mediane.kit.refusal import Refusal
from mediane.kit.rowsecurity import national, staff, working_for
from mediane.organisations.models import Organisation
from mediane.organisations.queries import all_cafs, the_national_mediation
from mediane.statistics import rights
from mediane.statistics.models import PUBLISHED_IN, Publication, Signal, Tally, WaitingMonth, Watermark
from mediane.statistics.queries.counted import NETWORK, Place
from mediane.statistics.queries.facts import facts_of
from mediane.statistics.queries.published import codes, years_counted
from mediane.statistics.queries.questions import months_asked, questions_of
from mediane.statistics.queries.signals import Seasons, seasons_on, series_of
from mediane.statistics.rules.control import seasons, signal
from mediane.statistics.rules.counts import Counts, Key, added, tally
from mediane.statistics.rules.facts import Fact
from mediane.statistics.rules.published import NETWORK as OF_THE_NETWORK
from mediane.statistics.rules.published import publish
from mediane.statistics.rules.questions import Question
from mediane.statistics.states import Population

# An act is dated when it begins, and seen once it is committed: what came late is looked at again.
OVERLAP = timedelta(minutes=15)
LONG_GAP, ALMOST_A_YEAR = timedelta(days=100), timedelta(days=340)
FEW = 200  # requests
ADDING_UP = 0x5355_4D53  # any number, the same for all


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
    months = set(months)
    bulk.add([WaitingMonth(organisation=caf, month=month) for month in months])
    for near in _near(caf, sorted(months)):
        Tally.objects.filter(organisation=caf, month__in=near).delete()
        facts: dict[date, list[Fact | Question]] = defaultdict(list)
        found: list[Fact | Question] = [*facts_of(caf, near[0], near[-1])]
        for fact in (*found, *questions_of(caf, near[0], near[-1])):
            for month in fact.months():
                facts[month].append(fact)
        bulk.insert(
            Tally,
            [
                _row(month, key, counts, caf=caf.pk)
                for month in near
                for key, counts in tally(facts[month], month).items()
            ],
        )


def _near(caf: Organisation, months: Sequence[date]) -> Iterator[Sequence[date]]:
    """A year at most, without long gaps, or all where there are few requests: read at once, since a statement
    costs more than they do."""
    has_few = len(months) > 1 and _has_few(caf)
    some: list[date] = []
    for month in months:
        is_far = some and (month - some[-1] > LONG_GAP or month - some[0] > ALMOST_A_YEAR)
        if is_far and not has_few:
            yield some
            some = []
        some.append(month)
    if some:
        yield some


def _has_few(caf: Organisation) -> bool:
    known = (model.objects.filter(organisation=caf)[: FEW + 1].count() for model in (Case, PastCase))
    return sum(known) <= FEW


@transaction.atomic
def add_up(*, months: Iterable[date]) -> None:
    """Replace these months of the regions and of the network by the sums of their Cafs.

    In the national context, which sees numbers of every Caf and no case.
    """
    with connection.cursor() as cursor:
        # One at a time: of two, the second would add the rows that the first adds.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADDING_UP])
    months = set(months)
    # Before the numbers are read: a month counted again meanwhile goes on waiting.
    waiting = list(WaitingMonth.objects.filter(month__in=months).values_list("pk", flat=True))
    WaitingMonth.objects.filter(pk__in=waiting).delete()
    regions = {caf.pk: caf.network_region for caf in all_cafs()}
    for month in sorted(months):
        Tally.objects.filter(organisation=None, month=month).delete()
        parts: dict[tuple[Place, Key], list[Counts]] = {}
        known = Tally.objects.filter(month=month)
        for caf, population, channel, benefit, counts in known.values_list(
            "organisation", "population", "channel", "benefit", "counts"
        ):
            key = Key(Population(population), channel, benefit)
            for place in (NETWORK, Place(region=regions[caf or 0])):
                parts.setdefault((place, key), []).append(counts)
        bulk.insert(
            Tally,
            [
                _row(month, key, added(several), region=place.region)
                for (place, key), several in parts.items()
            ],
        )


@transaction.atomic
def add_up_waiting() -> None:
    """Bring every count that was committed into the sums, whoever made it. In the national context."""
    add_up(months=WaitingMonth.objects.values_list("month", flat=True).distinct())


def catch_up_network(*, at: datetime) -> None:
    """Every Caf, then the sums; each Caf in its own context, and as it is done where no transaction runs."""
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            catch_up(caf=caf, at=at)
    with working_for(national(the_national_mediation().pk)):
        add_up_waiting()


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
def watch(*, caf: Organisation, today: date, network: Seasons | None = None) -> int:
    """Replace the signals of a Caf by those of its whole months; how many stand. In its context, once the
    network is added up: its season is read there, unless it was read already for another Caf."""
    network = seasons_on(today) if network is None else network
    Signal.objects.filter(organisation=caf).delete()
    raised = []
    for (motive, code, benefit), months in series_of(Place(caf.pk), today=today).items():
        found = signal(months, network.get((motive, code, benefit)) or seasons(months))
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


def watch_network(*, at: datetime) -> None:
    """Every Caf, each in its own context and on its own day, once the network is added up."""
    network = cache(seasons_on)
    for caf in all_cafs():
        today = clock.day_of(at, caf.time_zone)
        with working_for(staff(caf.pk)):
            watch(caf=caf, today=today, network=network(today))


def _require_over(year: int, at: datetime) -> date:
    today = clock.day_of(at, PUBLISHED_IN)
    if year >= today.year:
        raise NotPublished(f"L’année {year} n’est pas finie\u00a0: elle se publie une fois close.")
    return today


def _row(
    month: date, key: Key, counts: Counts, *, caf: int | None = None, region: str = ""
) -> dict[str, Any]:
    """By column: a model each would cost as much as the counting."""
    return {
        "organisation_id": caf,
        "region": region,
        "month": month,
        "population": key.population,
        "channel": key.channel,
        "benefit": key.benefit,
        "counts": counts,
    }


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
    """Every month in which this Caf received, ended or asked something."""
    cases = Case.objects.filter(organisation=caf).values_list("received_on", "closed_at")
    closed = {clock.day_of(at, caf.time_zone).replace(day=1) for _, at in cases if at}
    received = {received.replace(day=1) for received, _ in cases}
    return received | closed | months_asked(caf) | _imported(caf)


def _imported(caf: Organisation) -> set[date]:
    """What an undone import had brought was counted in months that its rows no longer tell."""
    rows = PastCase.objects.filter(organisation=caf).values_list("received_on", "answered_on")
    counted = Tally.objects.filter(organisation=caf).values_list("month", flat=True)
    return {day.replace(day=1) for row in rows for day in row if day} | set(counted)
