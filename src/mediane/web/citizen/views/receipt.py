"""The registration receipt: on screen and as PDF, with what CRPA R. 112-11-1 asks for."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mediane.casework.models import Case
from mediane.correspondence.paper import receipt_pdf
from mediane.correspondence.queries import coming, receipt_sheet, received_in_words, service_address
from mediane.kit.french import capital, weekday_date
from mediane.notifications.queries import wishes_of
from mediane.web.citizen.space_case import found
from mediane.web.request import PersonRequest


@require_safe
def receipt(request: PersonRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    words = {
        "case": case,
        "received": received_in_words(case),
        "steps": _steps(case),
        "address": service_address(case),
    }
    return render(request, "citizen/receipt.html", words)


@require_safe
def pdf(request: PersonRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    response = HttpResponse(receipt_pdf(receipt_sheet(case)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="accuse-enregistrement-{case.reference}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _steps(case: Case) -> list[dict[str, str]]:
    """Today, then what comes next."""
    confirmed = "Un courriel vous confirme l’envoi. Il ne dit rien de votre situation."
    in_space = "Votre demande est dans votre espace de suivi. Aucun courriel ne vous est envoyé."
    wishes = wishes_of(case.beneficiary, case.referral)
    told = confirmed if wishes.address and wishes.notice_by_email else in_space
    return [
        {"title": "Aujourd’hui", "text": told, "state": "done"},
        *(
            {"title": f"Avant le {weekday_date(on)}", "text": capital(words), "state": "coming"}
            for on, words in coming(case)
        ),
    ]
