"""A letter that left, in its other versions: large print, and easy to read."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from mediane.correspondence.actions import open_letter
from mediane.correspondence.models import Letter
from mediane.correspondence.paper import LetterSheet, letter_pdf
from mediane.correspondence.queries import easy_sheet_of, large, sheet_of, signed_letter
from mediane.documents.rules.names import content_disposition
from mediane.kit import clock
from mediane.web.desk.finding import found
from mediane.web.request import StaffRequest


@require_safe
def large_pdf(request: StaffRequest, reference: str, public_id: UUID) -> HttpResponse:
    letter = _signed(request, reference, public_id)
    return _drawn(request, letter, large(sheet_of(letter)), f"lettre-{reference}-grands-caracteres.pdf")


@require_safe
def easy_pdf(request: StaffRequest, reference: str, public_id: UUID) -> HttpResponse:
    letter = _signed(request, reference, public_id)
    if not letter.easy:
        raise Http404
    return _drawn(request, letter, easy_sheet_of(letter), f"lettre-{reference}-facile-a-lire.pdf")


def _signed(request: StaffRequest, reference: str, public_id: UUID) -> Letter:
    case = found(request, reference)
    try:
        letter = signed_letter(case, public_id)
    except Letter.DoesNotExist as nowhere:
        raise Http404 from nowhere
    letter.case = case
    return letter


def _drawn(request: StaffRequest, letter: Letter, sheet: LetterSheet, name: str) -> HttpResponse:
    open_letter(letter=letter, by=request.actor, at=clock.now())
    headers = {"Content-Disposition": content_disposition(name), "Cache-Control": "private, no-store"}
    return HttpResponse(letter_pdf(sheet), content_type="application/pdf", headers=headers)
