"""One chapter of a report: what its figures propose, the mediator’s own words, what illustrates them."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from mediane.kit import clock
from mediane.reports import actions
from mediane.reports.models import AnnualReport, Chapter
from mediane.reports.queries.drafts import section_of
from mediane.reports.queries.findings import findings_until
from mediane.reports.rules.plan import CODES, SECTIONS, part_of
from mediane.reports.rules.refusals import ReportRefused, SavedMeanwhile
from mediane.web.design.report import as_page
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest
from mediane.web.steering.forms_reports import ChapterForm, HighlightForm, PictureForm, QuoteForm
from mediane.web.steering.reports_found import listed, to_write


@require_http_methods(["GET", "HEAD", "POST"])
def chapter(request: StaffRequest, year: int, version: int, code: str) -> HttpResponse:
    report, written = _found(request, year, version, code)
    form = submitted(ChapterForm, request, initial=_as_written(written), known=_known(report, code))
    theirs: Chapter | None = None
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            try:
                actions.edit_chapter(
                    report=report,
                    code=code,
                    written=form.written(),
                    seen_revision=form.cleaned_data["revision"],
                    by=request.actor,
                    at=clock.now(),
                )
            except SavedMeanwhile:
                theirs = report.chapters.get(code=code)
                _see(form, theirs)
                raise
            return _back(report, code)
    return _page(request, report, code, form=form, theirs=theirs)


@require_POST
def use_drafted_words(request: StaffRequest, year: int, version: int, code: str) -> HttpResponse:
    report, written = _found(request, year, version, code)
    form = ChapterForm(_as_written(written))
    form.full_clean()
    with refusals_on(form):
        actions.use_drafted_words(report=report, code=code, by=request.actor, at=clock.now())
        return _back(report, code)
    return _page(request, report, code, form=form)


@require_POST
def add_highlight(request: StaffRequest, year: int, version: int, code: str) -> HttpResponse:
    report, _ = _found(request, year, version, code)
    form = submitted(HighlightForm, request, prefix="fait")
    if form.is_valid():
        with refusals_on(form):
            actions.add_highlight(report=report, by=request.actor, at=clock.now(), **form.cleaned_data)
            return _back(report, code)
    return _page(request, report, code, highlight=form)


@require_POST
def add_quote(request: StaffRequest, year: int, version: int, code: str) -> HttpResponse:
    report, _ = _found(request, year, version, code)
    form = submitted(QuoteForm, request, prefix="citation")
    if form.is_valid():
        with refusals_on(form):
            actions.add_quote(report=report, code=code, by=request.actor, at=clock.now(), **form.cleaned_data)
            return _back(report, code)
    return _page(request, report, code, quote=form)


@require_POST
def add_picture(request: StaffRequest, year: int, version: int, code: str) -> HttpResponse:
    report, _ = _found(request, year, version, code)
    form = submitted(PictureForm, request, prefix="image")
    if form.is_valid():
        with refusals_on(form):
            given = form.cleaned_data
            sent = actions.Sent(
                name=given["file"].name,
                data=given["file"].read(),
                alternative=given["alternative"],
                caption=given["caption"],
            )
            actions.add_picture(report=report, code=code, sent=sent, by=request.actor, at=clock.now())
            return _back(report, code)
    return _page(request, report, code, picture=form)


@require_POST
def remove(request: StaffRequest, year: int, version: int, code: str, kind: str, number: int) -> HttpResponse:
    report, _ = _found(request, year, version, code)
    things: dict[str, tuple[Any, Any]] = {
        "temps-fort": (report.highlights, actions.remove_highlight),
        "citation": (report.quotes, actions.remove_quote),
        "image": (report.pictures, actions.remove_picture),
    }
    if kind not in things:
        raise Http404
    rows, act = things[kind]
    thing = rows.filter(pk=number).first()
    if thing is not None:
        name = {"temps-fort": "highlight", "citation": "quote", "image": "picture"}[kind]
        try:
            act(**{name: thing}, by=request.actor, at=clock.now())
        except ReportRefused:
            # Frozen meanwhile: its page says so, and nothing was typed here.
            return redirect("steering:report", year=year, version=version)
    return _back(report, code)


def _found(request: StaffRequest, year: int, version: int, code: str) -> tuple[AnnualReport, Chapter]:
    report = to_write(request, year, version)
    written = report.chapters.filter(code=code).first() if code in SECTIONS else None
    # What is sent to a report frozen meanwhile was typed by somebody: it is never answered by nothing.
    if written is None or not (report.is_draft or request.method == "POST"):
        raise Http404
    return report, written


def _see(form: ChapterForm, theirs: Chapter) -> None:
    """What was typed stays, and the next saving is made on what somebody else saved."""
    if isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data["revision"] = str(theirs.revision)


def _as_written(written: Chapter) -> dict[str, Any]:
    names = ("revision", "title", "text", "is_drafted", "findings", "progress")
    return {name: getattr(written, name) for name in names}


def _known(report: AnnualReport, code: str) -> list[tuple[int, str]]:
    """The findings that this chapter may tell."""
    return [(one.number, one.title) for one in findings_until(report)] if code == "findings" else []


def _back(report: AnnualReport, code: str) -> HttpResponse:
    return redirect("steering:report_chapter", year=report.year, version=report.version, code=code)


def _page(request: StaffRequest, report: AnnualReport, code: str, **given: Any) -> HttpResponse:
    if request.method == "POST":
        report.refresh_from_db(fields=["state", "frozen_at", "frozen_by"])
    if not report.is_draft:
        return _too_late(request, report, code, given)
    rank, part = part_of(code)
    section, place = section_of(report, code), CODES.index(code)
    seen = {"cover": None, "parts": [{"rank": rank, "title": part.title, "sections": [section]}]}
    numbers = {"year": report.year, "version": report.version}
    pictures = {
        one.sha256: reverse("steering:report_picture", kwargs=numbers | {"sha256": one.sha256})
        for one in report.pictures.defer("data").filter(code=code)
    }
    context: dict[str, Any] = as_page(seen, pictures) | {
        "shown": report,
        "plan": listed(report),
        "code": code,
        "part": part.title,
        "rank": rank,
        "section": section,
        "standard": SECTIONS[code],
        "proposed": [block["text"] for block in section["blocks"] if block["kind"] == "said"],
        "highlights": list(report.highlights.order_by("happened_on")) if code == "highlights" else [],
        "quotes": list(report.quotes.filter(code=code)),
        "kept_pictures": list(report.pictures.defer("data").filter(code=code)),
        "next": CODES[place + 1] if place + 1 < len(CODES) else None,
        "form": ChapterForm(initial=_as_written(report.chapters.get(code=code)), known=_known(report, code)),
        "theirs": None,
        "highlight": HighlightForm(prefix="fait"),
        "quote": QuoteForm(prefix="citation"),
        "picture": PictureForm(prefix="image"),
    }
    return render(request, "steering/report_chapter.html", context | given)


def _too_late(request: StaffRequest, report: AnnualReport, code: str, given: dict[str, Any]) -> HttpResponse:
    """Frozen while somebody was writing: what she typed is given back, to be copied."""
    names = ("title", "text", "words", "who", "alternative", "caption")
    typed = [
        form[name]
        for form in given.values()
        if isinstance(form, forms.Form)
        for name in names
        if name in form.fields and request.POST.get(form.add_prefix(name))
    ]
    context = {"shown": report, "standard": SECTIONS[code], "typed": typed}
    return render(request, "steering/report_too_late.html", context)
