"""Questions to services and bodies: asked about a case, read one by one, and across cases."""

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from mediane.casework import rights
from mediane.casework.models import Case
from mediane.catalogue.models import Body, Service
from mediane.catalogue.queries import every
from mediane.consultations import actions
from mediane.consultations.models import Consultation
from mediane.consultations.queries import across as queries
from mediane.consultations.queries.across import Cursor, Tab
from mediane.consultations.queries.chasing import is_left_to_us
from mediane.consultations.queries.desk import (
    addressee,
    answer_file,
    consultation_of,
    files_to_share,
    opened_consultation,
)
from mediane.consultations.queries.policy import due_proposed, ladder_today
from mediane.consultations.rules import standing
from mediane.documents import queries as documents
from mediane.journal.actions import record
from mediane.kit import clock
from mediane.kit.french import count
from mediane.kit.months import months_later, next_month
from mediane.organisations.models import Organisation
from mediane.organisations.queries import contacts_of, services_with_contacts
from mediane.statistics.queries.counted import Place, caught_up_at, months_of, summed
from mediane.statistics.queries.lists import word
from mediane.statistics.rules.indicators.questions import by_service
from mediane.statistics.states import Axis
from mediane.web.desk.finding import found
from mediane.web.desk.forms_consultations import AskService
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest

MONTHS_TOLD = 12
TABS = {Tab.OWED: "Attendues", Tab.LATE: "En retard", Tab.UNREAD: "Réponses à lire"}
EMPTY = {
    Tab.OWED: (
        "Personne ne doit de réponse",
        "Une question posée depuis un dossier vient ici, jusqu’à sa réponse.",
    ),
    Tab.LATE: ("Aucune réponse n’est en retard", "Une question vient ici le lendemain de sa date."),
    Tab.UNREAD: ("Aucune réponse à lire", "Une réponse vient ici dès que le service l’envoie."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    today = clock.today(case.organisation.time_zone)
    initial = {"version": case.version, "due_on": due_proposed(case.organisation, today)}
    files = files_to_share(case)
    form = submitted(AskService, request, offered=files, today=today, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            key = form.cleaned_data["entry_key"]
            made = actions.ask(case=case, asked=form.asked(), by=request.actor, at=clock.now(), entry_key=key)
            return redirect("desk:consultation", reference=reference, rank=made.rank)
    known = services_with_contacts(case.organisation_id)
    reached = [row.label for code, row in every(Service).items() if code in known]
    context = {"case": case, "form": form, "reached": reached, "has_files": bool(files)}
    context["ladder"] = ladder_today(case.organisation, today)
    return render(request, "desk/ask_service.html", context)


@require_safe
def one(request: StaffRequest, reference: str, rank: int) -> HttpResponse:
    case = found(request, reference)
    consultation = consultation_or_404(case, rank)
    was_unread = consultation.state == "answered" and consultation.read_at is None
    actions.read_answer(consultation=consultation, by=request.actor, at=clock.now())
    today = clock.today(case.organisation.time_zone)
    context = {
        "case": case,
        "file": opened_consultation(consultation, today=today),
        "was_unread": was_unread,
        "contacts": contacts_of(case.organisation_id, consultation.service) if consultation.service else [],
    }
    return render(request, "desk/consultation.html", context)


@require_safe
def file(request: StaffRequest, reference: str, rank: int, public_id: UUID) -> HttpResponse:
    """A file that came with an answer; its reading is journaled, as of any file of the case."""
    case = found(request, reference)
    wanted = answer_file(consultation_or_404(case, rank), public_id)
    if wanted is None or not documents.may_be_read_by(request.actor, wanted):
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


@require_safe
def across(request: StaffRequest) -> HttpResponse:
    caf = request.organisation
    today = clock.today(caf.time_zone)
    tab = next((one for one in Tab if one == request.GET.get("vue")), Tab.OWED)
    # A service and a body may have one code and one name: chosen together.
    offered = {one or two: _label(one, two) for one, two in queries.addressees(caf.pk)}
    service = next((code for code in offered if code == request.GET.get("service", "")), "")
    after = Cursor.read(request.GET.get("apres", ""))
    page = queries.page(caf.pk, tab=tab, today=today, service=service, after=after)
    counts = queries.counts(caf.pk, today)
    since = months_later(today, -MONTHS_TOLD)
    context = {
        "tab": tab,
        "tabs": [
            {
                "label": label,
                "href": _address(one, service),
                "count": counts[one],
                "late": one is Tab.LATE,
                "current": one is tab,
            }
            for one, label in TABS.items()
        ],
        "rows": [_row(row, today) for row in page.rows],
        "services": [("", "Tous"), *offered.items()],
        "service": service,
        "clear_href": _address(tab) if service else None,
        "next_href": _address(tab, service, str(page.next)) if page.next else None,
        "empty": EMPTY[tab],
        "figures": _figures(caf, since, today),
        "since": since,
        "up_to": caught_up_at(caf),
    }
    return render(request, "desk/consultations.html", context)


def consultation_or_404(case: Case, rank: int) -> Consultation:
    consultation = consultation_of(case, rank)
    if consultation is None:
        raise Http404
    return consultation


def _row(row: Consultation, today: date) -> dict[str, Any]:
    stands = standing(row.state, due_on=row.due_on, today=today, is_case_open=row.is_case_open)
    late = (today - row.due_on).days
    return {
        "one": row,
        "case": row.case,
        "to": addressee(row),
        "standing": stands,
        "late": count(late, "jour de retard", "jours de retard") if stands == "late" else "",
        "is_by_hand": stands == "late" and is_left_to_us(row),
    }


def _figures(caf: Organisation, since: date, today: date) -> list[dict[str, Any]]:
    """The indicators of the home of figures, of the last twelve whole months and of this one."""
    months = months_of(Place(caf.pk), since=since, until=next_month(today))
    return [
        {"one": one, "label": word(Axis.ASKED_OF, one.code), "in_time": _rounded(one.in_time_share)}
        for one in by_service(summed(months.values()))
    ]


def _rounded(share: Decimal | None) -> int | None:
    return None if share is None else round(share)


def _label(service: str, body: str) -> str:
    return every(Service)[service].label if service else every(Body)[body].label


def _address(tab: Tab, service: str = "", after: str = "") -> str:
    pairs = {"vue": str(tab) if tab is not Tab.OWED else "", "service": service, "apres": after}
    query = urlencode({name: value for name, value in pairs.items() if value})
    return reverse("desk:consultations") + (f"?{query}" if query else "")
