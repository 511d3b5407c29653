"""The registration receipt: on screen and as PDF, with what CRPA R. 112-11-1 asks for."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mediane.casework.actions import consult_own
from mediane.casework.models import Case
from mediane.casework.rules.deadlines import Kind
from mediane.correspondence.paper import ReceiptSheet, ReceivedFile, receipt_pdf
from mediane.kit import clock, french
from mediane.notifications.queries import wishes_of
from mediane.referrals.queries import documents_of
from mediane.web.citizen.reading import capital, local, weight
from mediane.web.request import PersonRequest


@require_safe
def receipt(request: PersonRequest, reference: str) -> HttpResponse:
    case = _own(request, reference)
    words = {
        "case": case,
        "received": _received(case),
        "steps": _steps(case, _due(case)),
        "address": address_of(case),
    }
    return render(request, "citizen/receipt.html", words)


@require_safe
def pdf(request: PersonRequest, reference: str) -> HttpResponse:
    case = _own(request, reference)
    response = HttpResponse(receipt_pdf(sheet_of(case)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="accuse-enregistrement-{case.reference}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def sheet_of(case: Case) -> ReceiptSheet:
    """The receipt on paper, from the rows of the case."""
    organisation, beneficiary = case.organisation, case.beneficiary
    return ReceiptSheet(
        service=(organisation.name, "Service médiation", *organisation.postal_address.splitlines()),
        address=(beneficiary.polite_name, *beneficiary.postal_address.splitlines()),
        place=organisation.city or organisation.department,
        date=french.long_date(case.received_on),
        created=case.referral.filed_at or case.received_at,
        reference=case.reference,
        beneficiary_number=beneficiary.number,
        demonstration=settings.DEMONSTRATION,
        received=_received(case),
        service_name=f"Service médiation de {organisation.of_name}",
        service_address=address_of(case),
        service_email=organisation.email,
        service_phone=organisation.phone,
        files=tuple(
            ReceivedFile(document.shown_name, weight(document.size), document.sha256)
            for document in documents_of(case.referral)
        ),
        next_steps=tuple(f"{step['title']} : {step['text']}" for step in _steps(case, _due(case))[1:]),
    )


def address_of(case: Case) -> tuple[str, ...]:
    organisation = case.organisation
    return ("Service médiation", organisation.name, *organisation.postal_address.splitlines())


def _own(request: PersonRequest, reference: str) -> Case:
    try:
        return consult_own(reference=reference, by=request.actor, at=clock.now())
    except Case.DoesNotExist as unknown:
        raise Http404 from unknown


def _received(case: Case) -> str:
    moment = local(case.received_at, case.organisation.time_zone)
    if case.referral.received_on is not None:
        # It came by another door: the day is known, not the hour.
        return f"{french.weekday_date(case.received_on)}\u00a0{case.received_on.year}"
    return f"{french.weekday_date(moment.date())}\u00a0{moment.year} à {french.at_time(moment)}"


def _due(case: Case) -> dict[str, date]:
    return {deadline.kind: deadline.due_on for deadline in case.deadlines.all()}


def _steps(case: Case, due: dict[str, date]) -> list[dict[str, str]]:
    """What comes next, by the dates the case carries."""
    who = capital(case.organisation.mediator_title)
    confirmed = "Un courriel vous confirme l’envoi. Il ne dit rien de votre situation."
    in_space = "Votre demande est dans votre espace de suivi. Aucun courriel ne vous est envoyé."
    wishes = wishes_of(case.beneficiary, case.referral)
    steps = [
        {
            "title": "Aujourd’hui",
            "text": confirmed if wishes.address and wishes.notice_by_email else in_space,
            "state": "done",
        }
    ]
    coming = (
        (Kind.ADMISSIBILITY, f"{who} vous dit si votre demande peut être étudiée."),
        (Kind.REPLY, f"{who} vous répond, ou vous explique pourquoi il faut plus de temps."),
    )
    for kind, words in coming:
        if kind in due:
            on = due[kind]
            steps.append({"title": f"Avant le {french.weekday_date(on)}", "text": words, "state": "coming"})
    return steps
