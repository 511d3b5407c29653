"""The request to be filled by hand, for whoever has no screen, or would rather write."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from mediane.correspondence.paper import form_pdf
from mediane.correspondence.queries import form_sheet
from mediane.kit import clock
from mediane.organisations.queries import by_code
from mediane.organisations.rules import DEPARTMENTS
from mediane.web.request import open_to_all


def _made(code: str) -> bytes:
    organisation = by_code(code) if code in DEPARTMENTS else None
    if organisation is None:
        raise Http404
    return form_pdf(form_sheet(organisation, clock.today(organisation.time_zone)))


def _mark(request: HttpRequest, code: str) -> str:
    return f'"{sha256(_made(code)).hexdigest()[:32]}"'


@open_to_all
@require_safe
@condition(etag_func=_mark)
def form(request: HttpRequest, code: str) -> HttpResponse:
    response = HttpResponse(_made(code), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="demande-de-mediation-caf-{code}.pdf"'
    return response
