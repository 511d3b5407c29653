"""The annual reports and the figures that everybody may read: as a page, as a PDF, as data."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from mediane.documents.rules import content_disposition
from mediane.organisations.models import Organisation
from mediane.organisations.queries import by_code, the_national_mediation
from mediane.reports.models import AnnualReport
from mediane.reports.paper import archive
from mediane.reports.queries.editions import all_published, frozen, pictures_of, published
from mediane.reports.states import Audience
from mediane.statistics.queries.published import published_years
from mediane.web.design.report import as_page, pdf_kept
from mediane.web.opendata import NETWORK, answer
from mediane.web.request import open_to_all

A_DAY = 24 * 60 * 60


@open_to_all
@require_safe
def reports(request: HttpRequest, code: str) -> HttpResponse:
    organisation = _organisation(code)
    context = {
        "caf": organisation,
        "reports": all_published(organisation),
        "years": published_years(None if organisation.is_national else organisation.pk),
        "place": NETWORK if organisation.is_national else organisation.code,
        "network": NETWORK,
    }
    return render(request, "citizen/reports.html", context)


@open_to_all
@require_safe
@cache_control(public=True, max_age=A_DAY)
@conditional_page
def opendata(request: HttpRequest, place: str, year: int) -> HttpResponse:
    """A year once published never changes: whoever has it needs not take it again."""
    return answer(place, year)


@open_to_all
@require_safe
def report(request: HttpRequest, code: str, year: int) -> HttpResponse:
    shown, contents = _published(code, year)
    pictures = {
        sha256: reverse("citizen:report_picture", kwargs={"code": code, "year": year, "sha256": sha256})
        for sha256 in shown.pictures.values_list("sha256", flat=True)
    }
    return render(request, "citizen/report.html", as_page(contents, pictures) | {"shown": shown})


@open_to_all
@require_safe
def pdf(request: HttpRequest, code: str, year: int) -> HttpResponse:
    shown, contents = _published(code, year)
    return _file(pdf_kept(contents, pictures_of(shown)), "application/pdf", f"rapport-{code}-{year}.pdf")


@open_to_all
@require_safe
def data(request: HttpRequest, code: str, year: int) -> HttpResponse:
    _, contents = _published(code, year)
    return _file(archive(contents), "application/zip", f"rapport-{code}-{year}-donnees.zip")


@open_to_all
@require_safe
def picture(request: HttpRequest, code: str, year: int, sha256: str) -> HttpResponse:
    shown, _ = _published(code, year)
    kept = shown.pictures.filter(sha256=sha256).first()
    if kept is None:
        raise Http404
    return HttpResponse(bytes(kept.data), content_type=kept.media_type)


def _organisation(code: str) -> Organisation:
    national = the_national_mediation()
    found = national if code == national.code else by_code(code)
    if found is None:
        raise Http404
    return found


def _published(code: str, year: int) -> tuple[AnnualReport, dict[str, Any]]:
    shown = published(_organisation(code), year)
    contents = frozen(shown, Audience.PUBLIC) if shown is not None else None
    if shown is None or contents is None:
        raise Http404
    return shown, contents


def _file(made: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        made, content_type=media_type, headers={"Content-Disposition": content_disposition(name)}
    )
