"""The findings that the report of a year may tell."""

from datetime import datetime
from zoneinfo import ZoneInfo

from mediane.findings.models import Finding
from mediane.reports.models import AnnualReport

# Findings are written in the first months of the next year, with its report.
WRITTEN_BY = (4, 1)


def findings_until(report: AnnualReport) -> list[Finding]:
    """What stood when the report of the year is written, the first ones first."""
    zone = ZoneInfo(report.organisation.time_zone)
    after = datetime(report.year + 1, *WRITTEN_BY, tzinfo=zone)
    rows = Finding.objects.of(report.organisation_id).filter(opened_at__lt=after)
    return list(rows.order_by("number").prefetch_related("proposals"))
