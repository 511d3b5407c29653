"""What the mediation asked of one’s service: the list, and the files of a question."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from mediane.catalogue.models import Service
from mediane.catalogue.queries import every
from mediane.consultations import actions
from mediane.consultations.queries import of_service
from mediane.consultations.queries.across import Cursor
from mediane.consultations.states import Standing
from mediane.kit import clock
from mediane.kit.french import count
from mediane.web.request import StaffRequest

ANSWERED = "repondues"


@require_safe
def questions(request: StaffRequest) -> HttpResponse:
    today = clock.today(request.organisation.time_zone)
    is_answered = request.GET.get("vue", "") == ANSWERED
    after = Cursor.read(request.GET.get("apres", ""))
    page = of_service.answered(after=after) if is_answered else of_service.owed(after=after)
    listed = actions.open_list(page=page, today=today, by=request.actor, at=clock.now())
    numbers, here = of_service.how_many(), reverse("service:questions")
    views: tuple[tuple[str, str, bool], ...] = (
        ("À répondre", "owed", False),
        ("Répondues", "answered", True),
    )
    context: dict[str, Any] = {
        "service": every(Service)[request.actor.service],
        "is_answered": is_answered,
        "tabs": [
            {
                "label": label,
                "href": f"{here}?vue={ANSWERED}" if answered else here,
                "count": numbers[name],
                "current": answered is is_answered,
            }
            for label, name, answered in views
        ],
        "rows": [
            (one, count((today - one.consultation.due_on).days, "jour de retard", "jours de retard"))
            for one in listed
        ],
        "late": sum(one.standing == Standing.LATE for one in listed),
        "next_href": _next(here, is_answered, page.next),
    }
    return render(request, "service/questions.html", context)


@require_safe
def file(request: StaffRequest, public_id: UUID, file_id: UUID) -> HttpResponse:
    """A file shared with the service, or one of its own: each reading is journaled."""
    try:
        document, data = actions.open_file(
            public_id=public_id, file_id=file_id, by=request.actor, at=clock.now()
        )
    except actions.NothingAsked as nowhere:
        raise Http404 from nowhere
    response = HttpResponse(data, content_type=document.media_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=document.our_name
    )
    response["Cache-Control"] = "no-store"
    return response


def _next(here: str, is_answered: bool, cursor: Cursor | None) -> str | None:
    view = f"vue={ANSWERED}&" if is_answered else ""
    return f"{here}?{view}apres={cursor}" if cursor else None
