"""What was frozen, as whoever asks may read it; and that nobody changed it since."""

from typing import Any

from mediane.organisations.models import Organisation
from mediane.reports.models import AnnualReport, Edition, Picture
from mediane.reports.rules.composing import print_of
from mediane.reports.states import Audience, State


class Altered(Exception):
    """What is stored is not what was frozen."""


def frozen(report: AnnualReport, audience: Audience) -> dict[str, Any] | None:
    """The contents of an edition, if the reader may see it.

    :raises Altered: if they do not give the print they were frozen with.
    """
    found = Edition.objects.filter(report=report, audience=audience).first()
    if found is None:
        return None
    contents: dict[str, Any] = found.contents
    if print_of(contents) != found.sha256:
        raise Altered(f"{report}: {found.sha256}")
    return contents


def tells_figures(report: AnnualReport) -> bool:
    """Whether the edition for everybody, once frozen, has the figures of its year."""
    contents = frozen(report, Audience.PUBLIC)
    return contents is not None and bool(contents["has_figures"])


def is_last(report: AnnualReport) -> bool:
    """Whether no later version replaced it."""
    later = AnnualReport.objects.filter(organisation=report.organisation_id, year=report.year)
    return not later.filter(version__gt=report.version).exists()


def published(organisation: Organisation, year: int) -> AnnualReport | None:
    """The last version everybody reads."""
    return _told(organisation).filter(year=year).first()


def last_frozen(organisation: Organisation, year: int) -> AnnualReport | None:
    """The last version of a year that is a draft no more."""
    reports = AnnualReport.objects.filter(organisation=organisation, year=year).exclude(state=State.DRAFT)
    return reports.select_related("organisation").order_by("-version").first()


def all_published(organisation: Organisation) -> list[AnnualReport]:
    """One a year, the last first."""
    by_year: dict[int, AnnualReport] = {}
    for report in _told(organisation):
        by_year.setdefault(report.year, report)
    return list(by_year.values())


def _told(organisation: Organisation) -> Any:
    reports = AnnualReport.objects.filter(organisation=organisation, state=State.PUBLISHED)
    return reports.select_related("organisation").order_by("-year", "-version")


def reports_of(organisation: Organisation) -> list[AnnualReport]:
    """Every report of the service, the last year and version first."""
    reports = AnnualReport.objects.filter(organisation=organisation).select_related("organisation")
    return list(reports.order_by("-year", "-version"))


def pictures_of(report: AnnualReport) -> dict[str, tuple[str, bytes]]:
    """Media type and bytes, by their print."""
    return {one.sha256: (one.media_type, bytes(one.data)) for one in Picture.objects.filter(report=report)}
