"""Letters of another Caf, that came with the request."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from mediane.documents.rules import content_disposition
from mediane.kit import clock
from mediane.transfers import actions, queries
from mediane.web.citizen.space_case import found
from mediane.web.request import PersonRequest


@require_safe
def copied_letter(
    request: PersonRequest, reference: str, public_id: UUID, version: str = "pdf"
) -> HttpResponse:
    """The letter as the other Caf sent it, her address on it: for the person alone."""
    case = found(request, reference)
    letter = queries.copied_letter(case, public_id) if request.actor.kind == "person" else None
    pdf = letter and queries.pdf_of(letter, case, version)
    if letter is None or not pdf:
        raise Http404
    actions.open_copy(letter=letter, beneficiary_id=case.beneficiary_id, by=request.actor, at=clock.now())
    headers = {
        "Content-Disposition": content_disposition(
            f"{letter.kind} {letter.written_by}{queries.VERSIONS[version]}.pdf"
        ),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
