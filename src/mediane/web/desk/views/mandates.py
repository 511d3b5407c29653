"""Who speaks for the person of a case: registered with a proof, ended, the proof read."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from mediane.casework import rights
from mediane.casework.models import Case
from mediane.documents import queries as documents
from mediane.documents.rules import ACCEPT
from mediane.journal.actions import record
from mediane.kit import clock
from mediane.mandates import actions
from mediane.mandates.models import Mandate, Scope
from mediane.mandates.queries import contact_of, mandate_of
from mediane.web.desk.finding import found
from mediane.web.desk.forms import Gesture
from mediane.web.desk.forms_mandates import RegisterMandate
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    today = clock.today(case.organisation.time_zone)
    first = {"version": case.version, "starts_on": today, "covers": Scope.WHOLE}
    form = submitted(RegisterMandate, request, case=case, today=today, initial=first)
    if form.is_valid():
        proof = form.cleaned_data["proof"]
        with refusals_on(form):
            actions.register(
                of=case.beneficiary,
                terms=form.terms(),
                proof=(proof.name or "", proof.read()),
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:case", reference=reference)
    return render(request, "desk/mandate_register.html", {"case": case, "form": form, "accept": ACCEPT})


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: StaffRequest, reference: str, public_id: UUID) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    mandate = _of(case, public_id)
    form = submitted(Gesture, request, initial={"version": case.version})
    if form.is_valid():
        with refusals_on(form):
            actions.revoke(mandate=mandate, by=request.actor, at=clock.now())
            return redirect("desk:case", reference=reference)
    words = {"case": case, "form": form, "mandate": mandate, "contact": contact_of(mandate.representative)}
    return render(request, "desk/mandate_revoke.html", words)


@require_safe
def proof(request: StaffRequest, reference: str, public_id: UUID) -> HttpResponse:
    """The signed mandate or the judgment; its reading is journaled."""
    case = found(request, reference)
    kept = _of(case, public_id).proof
    if kept is None or not documents.may_be_read_by(request.actor, kept):
        raise Http404
    record(
        verb="read_proof",
        subject=("mandate", str(public_id)),
        by=request.actor,
        at=clock.now(),
        beneficiary_id=case.beneficiary_id,
        document=str(kept.public_id),
    )
    response = HttpResponse(documents.content(kept), content_type=kept.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=kept.our_name)
    response["Cache-Control"] = "no-store"
    return response


def _of(case: Case, public_id: UUID) -> Mandate:
    mandate = mandate_of(case.beneficiary_id, public_id)
    if mandate is None:
        raise Http404
    return mandate
