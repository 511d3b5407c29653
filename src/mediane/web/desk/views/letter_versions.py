"""A letter that left, in its other versions: large print, easy to read, with all that goes with it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from mediane.correspondence.actions import open_letter
from mediane.correspondence.models import Letter
from mediane.correspondence.paper import LetterSheet, letter_pdf
from mediane.correspondence.queries import NotYetMade, easy_sheet_of, large, sheet_of, signed_letter
from mediane.correspondence.queries.enclosures import whole_pdf
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


@require_safe
def with_enclosures(request: StaffRequest, reference: str, public_id: UUID) -> HttpResponse:
    """To be printed at once and put in one envelope."""
    letter = _signed(request, reference, public_id)
    open_letter(letter=letter, by=request.actor, at=clock.now())
    try:
        made = whole_pdf(letter)
    except NotYetMade as refusal:
        return HttpResponse(
            refusal.sentence, status=503, content_type="text/plain", headers={"Retry-After": "5"}
        )
    return _file(made, f"lettre-{reference}-et-pieces.pdf")


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
    return _file(letter_pdf(sheet), name)


def _file(made: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition(name), "Cache-Control": "private, no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
