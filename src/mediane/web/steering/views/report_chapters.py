"""One chapter of a report: what its figures propose, the mediator’s own words, what illustrates them."""

from contextlib import suppress
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.reports import actions
from mediane.reports.models import AnnualReport, Chapter
from mediane.reports.queries.drafts import section_of
from mediane.reports.queries.findings import findings_until
from mediane.reports.rules.plan import CODES, SECTIONS, part_of
from mediane.reports.rules.refusals import NotYetTold, ReportRefused, SavedMeanwhile
from mediane.web.design.report import as_page
from mediane.web.forms import refusals_on, submitted
from mediane.web.keeping import resume
from mediane.web.request import StaffRequest
from mediane.web.steering.forms_reports import ChapterForm, HighlightForm, PictureForm, QuoteForm
from mediane.web.steering.reports_found import listed, to_write

TAKE, NEXT, REMOVE = "reprendre", "suivant", "retirer-"
ADDED: dict[str, type[forms.Form]] = {"highlight": HighlightForm, "quote": QuoteForm, "picture": PictureForm}
PREFIXES = {"highlight": "fait", "quote": "citation", "picture": "image"}


@require_http_methods(["GET", "HEAD", "POST"])
def chapter(request: StaffRequest, year: int, version: int, code: str) -> HttpResponse:
    """One form: whatever button is pressed, all that is typed on the page is kept, or given back."""
    report, written = _found(request, year, version, code)
    if request.method != "POST":
        return _page(request, report, code)
    pressed = request.POST.get("geste", "")
    given = _write(request, report, written, pressed)
    if pressed.startswith(REMOVE):
        _remove(request, report, pressed)
    given |= _add(request, report, code, pressed)
    if given:
        return _page(request, report, code, **given)
    place = CODES.index(code) + 1
    code = CODES[place] if pressed == NEXT and place < len(CODES) else code
    return redirect("steering:report_chapter", year=report.year, version=report.version, code=code)


def _write(request: StaffRequest, report: AnnualReport, written: Chapter, pressed: str) -> dict[str, Any]:
    """Save the text first: empty, or what stays to be put right."""
    code = written.code
    form = ChapterForm(data=request.POST, known=_known(report, code))
    if not form.is_valid():
        return {"form": form}
    page: dict[str, Any] = {"report": report, "code": code, "by": request.actor, "at": clock.now()}
    page |= {"written": form.written(), "seen_revision": form.cleaned_data["revision"]}
    theirs: Chapter | None = None
    with refusals_on(form):
        try:
            (actions.use_drafted_words if pressed == TAKE else actions.edit_chapter)(**page)
        except SavedMeanwhile:
            theirs = report.chapters.get(code=code)
            _see(form, theirs)
            raise
        except NotYetTold:
            _see(form, actions.edit_chapter(**page))
            raise
        return {}
    return {"form": form, "theirs": theirs}


def _add(request: StaffRequest, report: AnnualReport, code: str, pressed: str) -> dict[str, Any]:
    """What is typed to illustrate the chapter, whether its own button was pressed or another one."""
    verbs = {"highlight": _add_highlight, "quote": _add_quote, "picture": _add_picture}
    left: dict[str, Any] = {}
    for name, prefix in PREFIXES.items():
        is_here = name != "highlight" or code == "highlights"
        if not is_here or not (pressed == name or _is_begun(request, prefix)):
            continue
        form = submitted(ADDED[name], request, prefix=prefix)
        left[name] = form
        if form.is_valid():
            with refusals_on(form):
                verbs[name](report, code, form.cleaned_data, request.actor)
                del left[name]
    return left


def _is_begun(request: StaffRequest, prefix: str) -> bool:
    own = f"{prefix}-entry_key"
    typed = (name for name, value in request.POST.items() if name != own and str(value).strip())
    return any(name.startswith(f"{prefix}-") for name in (*typed, *request.FILES))


def _add_highlight(report: AnnualReport, _: str, given: dict[str, Any], by: Actor) -> None:
    actions.add_highlight(report=report, by=by, at=clock.now(), **given)


def _add_quote(report: AnnualReport, code: str, given: dict[str, Any], by: Actor) -> None:
    actions.add_quote(report=report, code=code, by=by, at=clock.now(), **given)


def _add_picture(report: AnnualReport, code: str, given: dict[str, Any], by: Actor) -> None:
    sent = actions.Sent(
        name=given["file"].name,
        data=given["file"].read(),
        alternative=given["alternative"],
        caption=given["caption"],
    )
    actions.add_picture(report=report, code=code, sent=sent, by=by, at=clock.now())


def _remove(request: StaffRequest, report: AnnualReport, pressed: str) -> None:
    kind, _, number = pressed.removeprefix(REMOVE).rpartition("-")
    rows: dict[str, tuple[Any, Any]] = {
        "highlight": (report.highlights, actions.remove_highlight),
        "quote": (report.quotes, actions.remove_quote),
        "picture": (report.pictures, actions.remove_picture),
    }
    if kind not in rows or not (number.isascii() and number.isdecimal()):
        raise Http404
    things, act = rows[kind]
    thing = things.filter(pk=number).first()
    if thing is not None:
        # Frozen meanwhile: its page says so.
        with suppress(ReportRefused):
            act(**{kind: thing}, by=request.actor, at=clock.now())


def _found(request: StaffRequest, year: int, version: int, code: str) -> tuple[AnnualReport, Chapter]:
    report = to_write(request, year, version)
    written = report.chapters.filter(code=code).first() if code in SECTIONS else None
    # What is sent to a report frozen meanwhile was typed by somebody: it is never answered by nothing.
    if written is None or not (report.is_draft or request.method == "POST"):
        raise Http404
    return report, written


def _see(form: ChapterForm, theirs: Chapter) -> None:
    """What was typed stays, and the next saving is made on what is saved."""
    if isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data["revision"] = str(theirs.revision)


def _as_written(written: Chapter) -> dict[str, Any]:
    names = ("revision", "title", "text", "is_drafted", "findings", "progress")
    return {name: getattr(written, name) for name in names}


def _known(report: AnnualReport, code: str) -> list[tuple[int, str]]:
    """The findings that this chapter may tell."""
    return [(one.number, one.title) for one in findings_until(report)] if code == "findings" else []


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
    context |= given
    resume(context["form"], request)
    return render(request, "steering/report_chapter.html", context)


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
