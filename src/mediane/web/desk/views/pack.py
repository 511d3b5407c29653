"""The pack for the meeting with a service, as page and PDF: the same sheet."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from mediane.catalogue.models import Service
from mediane.catalogue.queries import in_force
from mediane.correspondence.paper.pack import PackSheet, pack_pdf
from mediane.journal.actions import record
from mediane.kit import clock
from mediane.web.desk.pack import USUAL_SERVICE, Period, period, periods, sheet_of
from mediane.web.request import StaffRequest


@require_safe
def pack(request: StaffRequest) -> HttpResponse:
    sheet, service, chosen = _asked(request)
    today = clock.today(request.organisation.time_zone)
    heads = [
        [{"text": words, "number": rank > 0} for rank, words in enumerate(shown.head)]
        for shown in sheet.tables
    ]
    context = {
        "sheet": sheet,
        "heads": heads,
        "services": [("", "Tous les services"), *((row.code, row.label) for row in in_force(Service, today))],
        "service": service,
        "periods": periods(today),
        "period": chosen.code,
        "query": urlencode({"service": service, "periode": chosen.code}),
    }
    return render(request, "desk/pack.html", context)


@require_safe
def pack_pdf_file(request: StaffRequest) -> HttpResponse:
    sheet, service, chosen = _asked(request)
    record(
        verb="read_pack",
        subject=("pack", service or "all"),
        by=request.actor,
        at=clock.now(),
        since=str(chosen.since),
        until=str(chosen.until),
    )
    response = HttpResponse(pack_pdf(sheet), content_type="application/pdf")
    name = f"reunion-bilaterale-{chosen.until}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _asked(request: StaffRequest) -> tuple[PackSheet, str, Period]:
    """What is not offered is read as the usual choice."""
    caf = request.organisation
    today = clock.today(caf.time_zone)
    offered = {"", *(row.code for row in in_force(Service, today))}
    asked = request.GET.get("service", USUAL_SERVICE)
    service = asked if asked in offered else USUAL_SERVICE
    chosen = period(request.GET.get("periode", ""), today)
    return sheet_of(caf, service, chosen, clock.now()), service, chosen
