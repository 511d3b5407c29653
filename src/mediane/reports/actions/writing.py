"""The mediator writes a chapter: two people at once lose no text."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.reports.actions.begun import draft, noted
from mediane.reports.models import AnnualReport, Chapter
from mediane.reports.queries.numbers import numbers_of
from mediane.reports.queries.published import figures_for
from mediane.reports.rules.drafting import DRAFTS, drafted
from mediane.reports.rules.refusals import NotYetTold, SavedMeanwhile
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
    """Keep a chapter as typed. What it says already, it is not asked to say again.

    :raises SavedMeanwhile: if somebody else saved it since it was read.
    """
    held = draft(report, by=by)
    chapter = held.chapters.select_for_update().get(code=code)
    changed = {
        "title": written.title.strip(),
        "text": written.text.strip(),
        "is_drafted": written.is_drafted,
        "progress": written.progress,
        "findings": chapter.findings if written.findings is None else list(written.findings),
    }
    # The same page sent twice, or only sent for what illustrates the chapter.
    if all(getattr(chapter, name) == value for name, value in changed.items()):
        return chapter
    if chapter.revision != seen_revision:
        raise SavedMeanwhile(
            f"{chapter.saved_by} a enregistré ce chapitre entre-temps. Votre texte est gardé ci-dessous. "
            "Comparez-le au sien, puis enregistrez de nouveau."
        )
    for name, value in changed.items():
        setattr(chapter, name, value)
    chapter.revision += 1
    chapter.saved_at, chapter.saved_by = at, by.name
    chapter.save()
    noted("edit_report", held, by=by, at=at, chapter=code)
    return chapter


@transaction.atomic
def use_drafted_words(
    *, report: AnnualReport, code: str, written: Written, seen_revision: int, by: Actor, at: datetime
) -> Chapter:
    """The sentences proposed come before what is typed, to be changed: figures no longer follow in them.

    Both editions have the same words, so they are those of the public one.

    :raises SavedMeanwhile: if somebody else saved it since it was read.
    :raises NotYetTold: before the figures of the year are published.
    """
    held = draft(report, by=by)
    on = clock.day_of(at, held.organisation.time_zone)
    figures = figures_for(Audience.PUBLIC, held.organisation, numbers_of(held.organisation, held.year), on=on)
    if code in DRAFTS and not figures.is_known(held.year):
        raise NotYetTold(
            f"Les chiffres de {held.year} ne sont pas encore publiés\u00a0: ces phrases diraient des nombres "
            "que l’édition publique ne dit pas. Gardez les phrases proposées, ou écrivez les vôtres."
        )
    if sentences := " ".join(drafted(code, figures).sentences):
        text = f"{sentences}\n\n{written.text}"
        written = replace(written, text=text, is_drafted=False)
    return edit_chapter(report=held, code=code, written=written, seen_revision=seen_revision, by=by, at=at)
