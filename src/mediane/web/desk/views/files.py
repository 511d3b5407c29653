"""Documents of a case, opened by the service: each reading is journaled."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from mediane.casework.models import Case
from mediane.documents import queries as documents
from mediane.documents.models import Document
from mediane.journal.actions import record
from mediane.kit import clock
from mediane.web.desk.finding import found
from mediane.web.request import StaffRequest


@require_http_methods(["GET", "HEAD"])
def document(request: StaffRequest, reference: str, public_id: UUID) -> HttpResponse:
    wanted = _opened(request, found(request, reference), public_id)
    response = HttpResponse(documents.content(wanted), content_type=wanted.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=wanted.our_name)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD"])
def text(request: StaffRequest, reference: str, public_id: UUID) -> HttpResponse:
    """What a program read in a file: to find one’s way in it, never instead of it."""
    case = found(request, reference)
    wanted = _opened(request, case, public_id)
    reading = documents.reading_of(wanted)
    if reading is None or not reading.text:
        raise Http404
    context = {"case": case, "document": wanted, "reading": reading}
    return render(request, "desk/document_text.html", context)


def _opened(request: StaffRequest, case: Case, public_id: UUID) -> Document:
    # Every file of a case is sealed with its key, and no other file is.
    wanted = get_object_or_404(
        Document.objects.select_related("key"), key_id=case.key_id, public_id=public_id
    )
    if not documents.may_be_read_by(request.actor, wanted):
        raise Http404
    record(
        verb="read_document",
        subject=("case", case.reference),
        by=request.actor,
        at=clock.now(),
        beneficiary_id=case.beneficiary_id,
        document=str(public_id),
    )
    return wanted
