"""A report being written: its words, and what its editions would be if it were frozen now."""

from datetime import datetime
from typing import Any

from django.conf import settings

from mediane.findings.states import Outcome
from mediane.kit import clock
from mediane.kit.french import long_date
from mediane.organisations.models import Organisation
from mediane.reports.models import AnnualReport, Chapter
from mediane.reports.queries.findings import findings_until
from mediane.reports.queries.numbers import numbers_of
from mediane.reports.queries.published import figures_for
from mediane.reports.rules.composing import Cover, Words, composed, edition
from mediane.reports.rules.figures import Figures
from mediane.reports.rules.numbers import Numbers, as_json
from mediane.reports.rules.plan import SECTIONS
from mediane.reports.states import Audience
from mediane.statistics.queries.counted import caught_up_at


def unwritten(organisation: Organisation, year: int) -> AnnualReport:
    """The report of a year that nobody opened: its figures, and the words of the plan."""
    return AnnualReport(organisation=organisation, year=year)


def words_of(report: AnnualReport) -> dict[str, Words]:
    """By section, in six statements."""
    if report.pk is None:
        return {code: Words(text=section.words) for code, section in SECTIONS.items()}
    chapters = {chapter.code: chapter for chapter in report.chapters.all()}
    quotes: dict[str, list[tuple[str, str]]] = {}
    for quote in report.quotes.order_by("pk"):
        quotes.setdefault(quote.code, []).append((quote.words, quote.who))
    pictures: dict[str, list[tuple[str, str, str]]] = {}
    for picture in report.pictures.defer("data").order_by("pk"):
        shown = (picture.sha256, picture.alternative, picture.caption)
        pictures.setdefault(picture.code, []).append(shown)
    told = report.highlights.order_by("happened_on", "pk")
    highlights = [(long_date(one.happened_on), one.title, one.words) for one in told]
    return {
        code: _words(
            chapters.get(code),
            quotes=quotes.get(code, []),
            pictures=pictures.get(code, []),
            highlights=highlights if code == "highlights" else [],
            findings=_findings(report, chapters.get(code)) if code == "findings" else [],
        )
        for code in SECTIONS
    }


def _findings(report: AnnualReport, chapter: Chapter | None) -> list[tuple[str, str, list[list[str]]]]:
    """Those chosen for this report, with what is known today of each proposal."""
    chosen = chapter.findings if chapter is not None else []
    return [
        (
            row.title,
            row.words,
            [
                [proposal.words, proposal.addressee, str(Outcome(proposal.outcome).label)]
                for proposal in sorted(row.proposals.all(), key=lambda one: one.rank)
            ],
        )
        for row in (findings_until(report) if chosen else [])
        if row.number in chosen
    ]


def _words(chapter: Chapter | None, **beside: Any) -> Words:
    if chapter is None:
        return Words(**beside)
    return Words(title=chapter.title, text=chapter.text, is_drafted=chapter.is_drafted, **beside)


def contents_of(report: AnnualReport, audience: Audience, *, at: datetime) -> dict[str, Any]:
    """An edition as it would be frozen at this moment."""
    return composed_from(report, audience, numbers_of(report.organisation, report.year), at=at)


def composed_from(
    report: AnnualReport, audience: Audience, numbers: Numbers, *, at: datetime
) -> dict[str, Any]:
    on = clock.day_of(at, report.organisation.time_zone)
    figures = figures_for(audience, report.organisation, numbers, on=on)
    contents = edition(cover_of(report, at=at), words_of(report), figures)
    return contents if audience is Audience.PUBLIC else contents | {"numbers": as_json(numbers)}


def section_of(report: AnnualReport, code: str) -> dict[str, Any]:
    """One section as the service sees it now."""
    figures = Figures(numbers_of(report.organisation, report.year))
    return composed(SECTIONS[code], words_of(report)[code], figures)


def cover_of(report: AnnualReport, *, at: datetime) -> Cover:
    caf = report.organisation
    counted = None if caf.is_national else caught_up_at(caf)
    return Cover(
        caf=caf.name,
        code=caf.code,
        year=report.year,
        version=report.version,
        frozen_on=long_date(clock.day_of(at, caf.time_zone)),
        counted_on=long_date(clock.day_of(counted or at, caf.time_zone)),
        frozen_at=at.isoformat(timespec="seconds"),
        is_demonstration=settings.DEMONSTRATION,
        because=report.because,
    )
