"""The mediator writes a chapter: two people at once lose no text."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.reports.actions.begun import draft, noted
from mediane.reports.models import AnnualReport, Chapter
from mediane.reports.queries.numbers import numbers_of
from mediane.reports.queries.published import figures_for
from mediane.reports.rules.drafting import DRAFTS, drafted
from mediane.reports.rules.refusals import ReportRefused, SavedMeanwhile
from mediane.reports.states import Audience, Progress


@dataclass(frozen=True, kw_only=True)
class Written:
    """A chapter as typed."""

    title: str
    text: str
    is_drafted: bool
    progress: Progress
    # Numbers of the findings told; left out, those chosen before stay.
    findings: tuple[int, ...] | None = None


@transaction.atomic
def edit_chapter(
    *, report: AnnualReport, code: str, written: Written, seen_revision: int, by: Actor, at: datetime
) -> Chapter:
    """
    :raises SavedMeanwhile: if somebody else saved it since it was read.
    """
    held = draft(report, by=by)
    chapter = held.chapters.select_for_update().get(code=code)
    if chapter.revision != seen_revision:
        raise SavedMeanwhile(
            f"{chapter.saved_by} a enregistré ce chapitre entre-temps. Votre texte est gardé ci-dessous. "
            "Comparez-le au sien, puis enregistrez de nouveau."
        )
    chapter.title, chapter.text = written.title.strip(), written.text.strip()
    chapter.is_drafted, chapter.progress = written.is_drafted, written.progress
    if written.findings is not None:
        chapter.findings = list(written.findings)
    chapter.revision += 1
    chapter.saved_at, chapter.saved_by = at, by.name
    chapter.save()
    noted("edit_report", held, by=by, at=at, chapter=code)
    return chapter


@transaction.atomic
def use_drafted_words(*, report: AnnualReport, code: str, by: Actor, at: datetime) -> Chapter:
    """The sentences proposed become the mediator’s own, to be changed: figures no longer follow in them.

    Both editions have the same words, so they are those of the public one.

    :raises ReportRefused: before the figures of the year are published.
    """
    held = draft(report, by=by)
    chapter = held.chapters.select_for_update().get(code=code)
    on = clock.day_of(at, held.organisation.time_zone)
    numbers = numbers_of(held.organisation, held.year)
    figures = figures_for(Audience.PUBLIC, held.organisation, numbers, on=on)
    if code in DRAFTS and not figures.is_known(held.year):
        raise ReportRefused(
            f"Les chiffres de {held.year} ne sont pas encore publiés\u00a0: ces phrases diraient des nombres "
            "que l’édition publique ne dit pas. Gardez les phrases proposées, ou écrivez les vôtres."
        )
    sentences = " ".join(drafted(code, figures).sentences)
    if chapter.is_drafted and sentences:
        chapter.text = f"{sentences}\n\n{chapter.text}".strip()
        chapter.is_drafted = False
        chapter.revision += 1
        chapter.saved_at, chapter.saved_by = at, by.name
        chapter.save()
        noted("edit_report", held, by=by, at=at, chapter=code)
    return chapter
