"""The one way to a report of one’s own service, and what its pages share."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from mediane.reports import rights
from mediane.reports.models import AnnualReport, Chapter
from mediane.reports.rules.plan import PLAN
from mediane.reports.states import Progress
from mediane.web.request import StaffRequest

GLYPHS = {Progress.TO_WRITE: "empty", Progress.BEGUN: "half", Progress.READ_AGAIN: "ticked"}


def require_reader(request: StaffRequest) -> None:
    if not rights.may_read(request.actor):
        raise PermissionDenied


def require_writer(request: StaffRequest) -> None:
    if not rights.may_write(request.actor):
        raise PermissionDenied


def found(request: StaffRequest, year: int, version: int) -> AnnualReport:
    """Of one’s own service; somebody else’s is unknown here."""
    require_reader(request)
    reports = AnnualReport.objects.filter(organisation=request.organisation, year=year, version=version)
    report = reports.select_related("organisation").first()
    if report is None:
        raise Http404
    return report


def to_write(request: StaffRequest, year: int, version: int) -> AnnualReport:
    require_writer(request)
    return found(request, year, version)


def listed(report: AnnualReport) -> list[tuple[int, str, list[tuple[Chapter, str, str]]]]:
    """The parts of the plan with their chapters: each its title, and the glyph of how far it is."""
    written = {chapter.code: chapter for chapter in report.chapters.all()}
    return [
        (
            rank,
            part.title,
            [
                (written[section.code], section.title, GLYPHS[Progress(written[section.code].progress)])
                for section in part.sections
            ],
        )
        for rank, part in enumerate(PLAN, 1)
    ]
