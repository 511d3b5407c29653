"""The mediator writes a chapter: two people at once lose no text."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mediane.journal.rules import Actor
from mediane.reports.actions.begun import draft, noted
from mediane.reports.models import AnnualReport, Chapter
from mediane.reports.queries.numbers import numbers_of
from mediane.reports.rules.drafting import drafted
from mediane.reports.rules.figures import Figures
from mediane.reports.rules.refusals import SavedMeanwhile
from mediane.reports.states import Progress


@dataclass(frozen=True, kw_only=True)
class Written:
    """A chapter as typed."""

    title: str
    text: str
    is_drafted: bool
    progress: Progress


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
    chapter.revision += 1
    chapter.saved_at, chapter.saved_by = at, by.name
    chapter.save()
    noted("edit_report", held, by=by, at=at, chapter=code)
    return chapter


@transaction.atomic
def use_drafted_words(*, report: AnnualReport, code: str, by: Actor, at: datetime) -> Chapter:
    """The sentences proposed become the mediator’s own, to be changed: figures no longer follow in them."""
    held = draft(report, by=by)
    chapter = held.chapters.select_for_update().get(code=code)
    figures = Figures(numbers_of(held.organisation, held.year))
    sentences = " ".join(drafted(code, figures).sentences)
    if chapter.is_drafted and sentences:
        chapter.text = f"{sentences}\n\n{chapter.text}".strip()
        chapter.is_drafted = False
        chapter.revision += 1
        chapter.saved_at, chapter.saved_by = at, by.name
        chapter.save()
        noted("edit_report", held, by=by, at=at, chapter=code)
    return chapter
