"""Errors found in closed cases, for the meeting with a service of the Caf."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.crypto import salted_hmac

from mediane.casework.models import Closing, Recommendation
from mediane.catalogue.models import ErrorType
from mediane.catalogue.queries import every
from mediane.findings.rules.pack import Fault, Table, by_month, by_officer, by_service
from mediane.kit import clock
from mediane.kit.months import months_between, months_later, next_month
from mediane.organisations.models import Organisation

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Pack:
    """Of one service, or of all; `months` are the twelve that end with the period."""

    closed: int
    services: Table
    officers: Table
    months: tuple[date, ...]
    numbers: tuple[int, ...]
    recommended: int
    answers: dict[str, int]


def pack_of(caf: Organisation, *, service: str, since: date, until: date) -> Pack:
    """From a first day to a last one, both counted; a case counts once, as its last closing says."""
    faults, closed = _faults(caf, service, since, until)
    months = tuple(months_between(months_later(until, -11), next_month(until)))
    before, _ = _faults(caf, service, months[0], until) if months[0] < since else (faults, 0)
    answers = _answers(caf, service, since, until)
    mark = f"{caf.pk}|{service}|{since}|{until}"
    return Pack(
        closed=closed,
        services=by_service(faults),
        officers=by_officer(faults, lambda code: _mark(mark, code)),
        months=months,
        numbers=tuple(by_month(before, months)),
        recommended=sum(answers.values()),
        answers=answers,
    )


def _faults(caf: Organisation, service: str, since: date, until: date) -> tuple[list[Fault], int]:
    """With how many cases were closed by a reply in all."""
    zone = ZoneInfo(caf.time_zone)
    begins, ends = (datetime.combine(day, time.min, zone) for day in (since, until + A_DAY))
    errors = [code for code, row in every(ErrorType).items() if row.is_error]
    officers = Recommendation.objects.filter(case=OuterRef("case")).exclude(officer="").order_by("-rank")
    closings = Closing.objects.standing().filter(organisation=caf, closed_at__gte=begins, closed_at__lt=ends)
    wanted = Q(error_type__in=errors) & (Q(service=service) if service else ~Q(service=""))
    rows = closings.filter(wanted).annotate(officer=Subquery(officers.values("officer")[:1]))
    faults = [
        Fault(clock.day_of(at, caf.time_zone).replace(day=1), error, of, officer or "")
        for at, error, of, officer in rows.values_list("closed_at", "error_type", "service", "officer")
    ]
    return faults, closings.count()


def _answers(caf: Organisation, service: str, since: date, until: date) -> dict[str, int]:
    """What was recommended in the period, by answer; empty for what is still awaited."""
    zone = ZoneInfo(caf.time_zone)
    begins, ends = (datetime.combine(day, time.min, zone) for day in (since, until + A_DAY))
    made = Recommendation.objects.filter(organisation=caf, made_at__gte=begins, made_at__lt=ends)
    if service:
        made = made.filter(service=service)
    return dict(made.values_list("answer").annotate(number=Count("pk")).order_by("answer"))


def _mark(pack: str, code: str) -> str:
    """What orders the pseudonyms: the same for one pack, made of nothing a reader has."""
    return salted_hmac("mediane.findings.pack", f"{pack}|{code}", algorithm="sha256").hexdigest()
