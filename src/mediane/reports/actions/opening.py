"""A year is opened with last year’s plan: the words that are kept, and the sentences its figures propose."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from mediane.events.queries import events_of
from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.organisations.models import Organisation
from mediane.reports import rights
from mediane.reports.actions.begun import draft, noted
from mediane.reports.models import AnnualReport, Chapter, Highlight
from mediane.reports.queries.findings import findings_until
from mediane.reports.rules.plan import SECTIONS, Section
from mediane.reports.rules.refusals import ReportRefused
from mediane.reports.states import State

FIRST_YEAR = 2000


@transaction.atomic
def open_report(*, organisation: Organisation, year: int, by: Actor, at: datetime) -> AnnualReport:
    """Begin the report of a year.

    :raises ReportRefused: if the year is not begun, or has a report already.
    """
    if not rights.may_write(by) or by.organisation_id != organisation.pk:
        raise PermissionDenied
    if not FIRST_YEAR <= year <= clock.day_of(at, organisation.time_zone).year:
        raise ReportRefused(f"L’année {year} ne peut pas avoir de rapport. Choisissez une année commencée.")
    report = _alone(organisation, year, by=by, at=at)
    last = _last_year(organisation, year)
    Chapter.objects.bulk_create(
        _opened(report, section, last.get(section.code)) for section in SECTIONS.values()
    )
    told = [finding.number for finding in findings_until(report)]
    report.chapters.filter(code="findings").update(findings=told)
    Highlight.objects.bulk_create(
        Highlight(
            organisation=organisation,
            report=report,
            happened_on=event.on,
            title=event.title,
            words="\n".join(filter(None, (event.with_whom, event.outcome))),
        )
        for event in events_of(organisation.pk, year)
    )
    noted("open_report", report, by=by, at=at)
    return report


def _alone(organisation: Organisation, year: int, *, by: Actor, at: datetime) -> AnnualReport:
    """Two who open the same year at once: the second one is told."""
    taken = f"Le rapport de {year} existe déjà. Ouvrez-le dans la liste."
    if AnnualReport.objects.filter(organisation=organisation, year=year).exists():
        raise ReportRefused(taken)
    try:
        with transaction.atomic():
            return AnnualReport.objects.create(
                organisation=organisation, year=year, opened_at=at, opened_by=by.name, state=State.DRAFT
            )
    except IntegrityError as twice:
        raise ReportRefused(taken) from twice


def _opened(report: AnnualReport, section: Section, last: Chapter | None) -> Chapter:
    text = last.text if last is not None and section.is_kept else section.words
    return Chapter(
        organisation_id=report.organisation_id,
        report=report,
        code=section.code,
        text=text,
        is_drafted=last.is_drafted if last is not None else True,
    )


def _last_year(organisation: Organisation, year: int) -> dict[str, Chapter]:
    reports = AnnualReport.objects.filter(organisation=organisation, year__lt=year)
    last = reports.order_by("-year", "-version").first()
    return {chapter.code: chapter for chapter in last.chapters.all()} if last is not None else {}


@transaction.atomic
def discard(*, report: AnnualReport, by: Actor, at: datetime) -> None:
    """Throw a draft away, with all its words."""
    held = draft(report, by=by)
    noted("discard_report", held, by=by, at=at)
    held.delete()
