"""Documents of a case, opened by the service: each reading is journaled."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from mediane.documents import queries as documents
from mediane.documents.models import Document
from mediane.journal.actions import record
from mediane.kit import clock
from mediane.web.desk.finding import found
from mediane.web.request import StaffRequest


@require_http_methods(["GET", "HEAD"])
def document(request: StaffRequest, reference: str, public_id: UUID) -> HttpResponse:
    case = found(request, reference)
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
    response = HttpResponse(documents.content(wanted), content_type=wanted.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=wanted.our_name)
    response["Cache-Control"] = "no-store"
    return response
