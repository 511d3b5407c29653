"""The years that have a report; one of them seen whole, frozen, published, corrected."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mediane.catalogue.rules import threshold_on
from mediane.documents.rules import content_disposition
from mediane.kit import clock
from mediane.kit.refusal import Refusal
from mediane.reports import actions, rights
from mediane.reports.models import AnnualReport
from mediane.reports.paper import archive, report_pdf
from mediane.reports.queries.drafts import contents_of
from mediane.reports.queries.editions import frozen, is_last, pictures_of, reports_of, tells_figures
from mediane.reports.queries.totals import is_of_totals_alone, year_to_open
from mediane.reports.rules.plan import CODES
from mediane.reports.states import Audience, Progress
from mediane.statistics.queries.published import publication
from mediane.web.design.report import as_page, pdf_kept
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest
from mediane.web.steering.forms_reports import CorrectForm, YearForm
from mediane.web.steering.reports_found import found, listed, require_reader, require_writer, to_write


@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: StaffRequest) -> HttpResponse:
    require_reader(request)
    this_year = clock.today(request.organisation.time_zone).year
    shown = reports_of(request.organisation)
    done = {report.year for report in shown}
    to_open = year_to_open(request.organisation, done, this_year=this_year)
    form = submitted(YearForm, request, initial={"year": to_open})
    if form.is_bound:
        require_writer(request)
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            made = actions.open_report(
                organisation=request.organisation,
                year=form.cleaned_data["year"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("steering:report", year=made.year, version=made.version)
    context = {
        "form": form,
        "reports": shown,
        "may_write": rights.may_write(request.actor),
        "is_all_done": to_open is None,
        "this_year": this_year,
        "has_this_year": this_year in done,
    }
    return render(request, "steering/reports.html", context)


@require_safe
def report(request: StaffRequest, year: int, version: int) -> HttpResponse:
    """Where a report stands, and what may be done of it."""
    shown = found(request, year, version)
    return render(request, "steering/report.html", _standing(request, shown))


def _standing(request: StaffRequest, shown: AnnualReport, **forms: Any) -> dict[str, Any]:
    plan = listed(shown)
    chapters = [chapter for _, _, rows in plan for chapter, _, _ in rows]
    today = clock.today(request.organisation.time_zone)
    caf = shown.organisation
    is_of_totals = is_of_totals_alone(caf, shown.year)
    figures = None if is_of_totals else publication(shown.year, None if caf.is_national else caf.pk)
    return {
        "shown": shown,
        "figures": figures,
        "is_of_totals": is_of_totals,
        "is_told": shown.is_draft or tells_figures(shown),
        "is_last": is_last(shown),
        "threshold": figures.threshold if figures else threshold_on(today).smallest,
        "plan": plan,
        "first": next((one.code for one in chapters if one.progress != Progress.READ_AGAIN), CODES[0]),
        "ready": sum(chapter.progress == Progress.READ_AGAIN for chapter in chapters),
        "total": len(chapters),
        "has_ended": today.year > shown.year,
        "may_write": rights.may_write(request.actor),
        "form": CorrectForm(),
        "refused": "",
        "audiences": list(Audience),
    } | forms


@require_safe
def whole(request: StaffRequest, year: int, version: int) -> HttpResponse:
    """As it will be read; inside the service unless the public edition is asked for."""
    shown = found(request, year, version)
    audience = _audience(request)
    pictures = {
        sha256: reverse(
            "steering:report_picture", kwargs={"year": year, "version": version, "sha256": sha256}
        )
        for sha256 in shown.pictures.values_list("sha256", flat=True)
    }
    context = as_page(_contents(shown, audience), pictures) | {"shown": shown, "audience": audience}
    return render(request, "steering/report_whole.html", context)


@require_safe
def pdf(request: StaffRequest, year: int, version: int) -> HttpResponse:
    shown, audience = found(request, year, version), _audience(request)
    make = report_pdf if shown.is_draft else pdf_kept
    made = make(_contents(shown, audience), pictures_of(shown))
    return _file(made, "application/pdf", _name(shown, audience, "pdf"))


@require_safe
def data(request: StaffRequest, year: int, version: int) -> HttpResponse:
    shown, audience = found(request, year, version), _audience(request)
    made = archive(_contents(shown, audience))
    return _file(made, "application/zip", _name(shown, audience, "zip"))


@require_safe
def picture(request: StaffRequest, year: int, version: int, sha256: str) -> HttpResponse:
    kept = found(request, year, version).pictures.filter(sha256=sha256).first()
    if kept is None:
        raise Http404
    return HttpResponse(bytes(kept.data), content_type=kept.media_type)


@require_POST
def freeze(request: StaffRequest, year: int, version: int) -> HttpResponse:
    return _done(request, to_write(request, year, version), actions.freeze)


@require_POST
def publish(request: StaffRequest, year: int, version: int) -> HttpResponse:
    return _done(request, to_write(request, year, version), actions.publish)


def _done(request: StaffRequest, shown: AnnualReport, act: Any) -> HttpResponse:
    try:
        act(report=shown, by=request.actor, at=clock.now())
    except Refusal as refusal:
        shown.refresh_from_db()
        return render(request, "steering/report.html", _standing(request, shown, refused=refusal.sentence))
    return redirect("steering:report", year=shown.year, version=shown.version)


@require_POST
def correct(request: StaffRequest, year: int, version: int) -> HttpResponse:
    shown = to_write(request, year, version)
    form = submitted(CorrectForm, request)
    if form.is_valid():
        with refusals_on(form):
            because = form.cleaned_data["because"]
            made = actions.correct(report=shown, because=because, by=request.actor, at=clock.now())
            return redirect("steering:report", year=made.year, version=made.version)
    return render(request, "steering/report.html", _standing(request, shown, form=form))


def _audience(request: StaffRequest) -> Audience:
    return Audience.PUBLIC if request.GET.get("edition") == "publique" else Audience.INTERNAL


def _contents(shown: AnnualReport, audience: Audience) -> dict[str, Any]:
    return frozen(shown, audience) or contents_of(shown, audience, at=clock.now())


def _name(shown: AnnualReport, audience: Audience, ending: str) -> str:
    inside = "-interne" if audience is Audience.INTERNAL else ""
    return f"rapport-{shown.organisation.code}-{shown.year}-v{shown.version}{inside}.{ending}"


def _file(made: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        made, content_type=media_type, headers={"Content-Disposition": content_disposition(name)}
    )
