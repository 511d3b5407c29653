"""A report is frozen with its figures, then published; what was wrong is said again by a new version."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.reports.actions.begun import draft, locked, noted
from mediane.reports.models import AnnualReport, Chapter, Edition, Highlight, Picture, Quote
from mediane.reports.queries.drafts import composed_from
from mediane.reports.queries.editions import tells_figures
from mediane.reports.queries.numbers import numbers_of
from mediane.reports.queries.totals import is_of_totals_alone
from mediane.reports.rules.composing import print_of
from mediane.reports.rules.refusals import ReportRefused
from mediane.reports.states import Audience, State
from mediane.statistics.actions import catch_up, catch_up_network

# What a page adds, once.
ENTERED = (Highlight, Quote)


@transaction.atomic
def freeze(*, report: AnnualReport, by: Actor, at: datetime) -> AnnualReport:
    """Keep the figures and the words of this moment, in both editions: nothing changes them afterwards.

    :raises ReportRefused: before the year has ended.
    """
    held = draft(report, by=by)
    if clock.day_of(at, held.organisation.time_zone).year <= held.year:
        raise ReportRefused(f"L’année {held.year} n’est pas finie\u00a0: ses chiffres changent encore.")
    if held.organisation.is_national:
        catch_up_network(at=at)
    else:
        catch_up(caf=held.organisation, at=at)
    numbers = numbers_of(held.organisation, held.year)
    for audience in Audience:
        contents = composed_from(held, audience, numbers, at=at)
        _keep(held, audience, contents)
    held.state, held.frozen_at, held.frozen_by = State.FROZEN, at, by.name
    held.save(update_fields=["state", "frozen_at", "frozen_by"])
    noted("freeze_report", held, by=by, at=at)
    return held


def _keep(report: AnnualReport, audience: Audience, contents: dict[str, Any]) -> None:
    Edition.objects.create(
        organisation_id=report.organisation_id,
        report=report,
        audience=audience,
        contents=contents,
        sha256=print_of(contents),
    )


@transaction.atomic
def publish(*, report: AnnualReport, by: Actor, at: datetime) -> AnnualReport:
    """Tell it to everybody; an earlier version gives way to it.

    :raises ReportRefused: if it was frozen before the figures of its year were published, or is of
        totals alone.
    """
    held = locked(report, by=by)
    if held.state == State.PUBLISHED:
        return held
    if held.state != State.FROZEN:
        raise ReportRefused("Figez ce rapport avant de le publier.")
    if not tells_figures(held) and is_of_totals_alone(held.organisation, held.year):
        raise ReportRefused(
            f"L’année {held.year} est connue par des totaux repris, sans les dossiers\u00a0: ce rapport "
            "reste interne. Pour le publier, reprenez les dossiers de cette année."
        )
    if not tells_figures(held):
        raise ReportRefused(
            f"Les chiffres de {held.year} n’étaient pas publiés quand ce rapport a été figé\u00a0: son "
            "édition publique n’en dirait aucun. Une fois publiés, ouvrez une version corrigée et figez-la."
        )
    held.state, held.published_at, held.published_by = State.PUBLISHED, at, by.name
    held.save(update_fields=["state", "published_at", "published_by"])
    noted("publish_report", held, by=by, at=at)
    return held


@transaction.atomic
def correct(*, report: AnnualReport, because: str, by: Actor, at: datetime) -> AnnualReport:
    """Open a new version with the same words; the former one stays as it was.

    :raises ReportRefused: if it is still a draft, if somebody is already correcting it, if a later version
        replaced it, or without a reason.
    """
    held = locked(report, by=by)
    same = AnnualReport.objects.filter(organisation=held.organisation, year=held.year)
    if held.is_draft or same.filter(state=State.DRAFT).exists():
        raise ReportRefused("Une version de ce rapport est déjà en cours d’écriture.")
    last = same.aggregate(last=Max("version"))["last"]
    if held.version != last:
        raise ReportRefused(
            f"La version {last} a remplacé celle-ci\u00a0: corrigez-la, ou ce qu’elle dit serait perdu."
        )
    if not because.strip():
        raise ReportRefused("Dites ce que cette version corrige\u00a0: ses lecteurs le liront.")
    made = AnnualReport.objects.create(
        organisation=held.organisation,
        year=held.year,
        version=last + 1,
        because=because.strip(),
        opened_at=at,
        opened_by=by.name,
    )
    _copy(held, made)
    noted("correct_report", made, by=by, at=at)
    return made


def _copy(before: AnnualReport, made: AnnualReport) -> None:
    """The page that wrote a line wrote that of the former version: the copy was written by none."""
    models: tuple[type[Any], ...] = (Chapter, Highlight, Quote, Picture)
    for model in models:
        rows = list(model._default_manager.filter(report=before).order_by("pk"))
        for row in rows:
            row.pk, row.report = None, made
            row._state.adding = True
            if model in ENTERED:
                row.entry_key = None
        model._default_manager.bulk_create(rows)
