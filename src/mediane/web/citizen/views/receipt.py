"""The registration receipt: on screen and as PDF, with what CRPA R. 112-11-1 asks for."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mediane.casework.models import Case
from mediane.correspondence.paper import receipt_pdf
from mediane.correspondence.queries import (
    coming,
    receipt_copy,
    receipt_sheet,
    received_in_words,
    service_address,
)
from mediane.journal.rules import Actor
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
        "steps": _steps(case, request.actor),
        "address": service_address(case),
    }
    return render(request, "citizen/receipt.html", words)


@require_safe
def pdf(request: PersonRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    sheet = receipt_sheet(case) if request.actor.kind == "person" else receipt_copy(case)
    response = HttpResponse(receipt_pdf(sheet), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="accuse-enregistrement-{case.reference}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _steps(case: Case, by: Actor) -> list[dict[str, str]]:
    """Today, then what comes next."""
    confirmed = "Un courriel vous confirme l’envoi. Il ne dit rien de votre situation."
    in_space = "Votre demande est dans votre espace de suivi. Aucun courriel ne vous est envoyé."
    told = "La demande est dans l’espace de suivi."
    # How the person is written to is hers to know.
    if by.kind == "person":
        wishes = wishes_of(case.beneficiary, case.referral)
        told = confirmed if wishes.address and wishes.notice_by_email else in_space
    return [
        {"title": "Aujourd’hui", "text": told, "state": "done"},
        *(
            {"title": f"Avant le {weekday_date(on)}", "text": capital(words), "state": "coming"}
            for on, words in coming(case)
        ),
    ]
