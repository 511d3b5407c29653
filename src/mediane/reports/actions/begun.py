"""The beginning of every verb: who may, and that the report is still being written."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.reports import rights
from mediane.reports.models import AnnualReport
from mediane.reports.rules.refusals import ReportRefused


def locked(report: AnnualReport, *, by: Actor) -> AnnualReport:
    """The report, held until the end of the transaction, by whoever may write it."""
    if not rights.may_write(by) or by.organisation_id != report.organisation_id:
        raise PermissionDenied
    found = AnnualReport.objects.select_for_update(of=("self",)).select_related("organisation")
    return found.get(pk=report.pk)


def draft(report: AnnualReport, *, by: Actor) -> AnnualReport:
    """
    :raises ReportRefused: if it was frozen meanwhile.
    """
    held = locked(report, by=by)
    if not held.is_draft:
        raise ReportRefused(
            f"Ce rapport a été figé par {held.frozen_by}\u00a0: il ne change plus. "
            "Ouvrez une version corrigée pour le reprendre."
        )
    return held


def noted(verb: str, report: AnnualReport, *, by: Actor, at: datetime, **details: str) -> None:
    subject = ("report", f"{report.year}-{report.version}")
    record(verb=verb, subject=subject, by=by, at=at, beneficiary_id=None, **details)
