"""After a decision on scope: its file for the right body, and the decision seen otherwise. And urgency."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework import actions as casework
from mediane.casework import rights
from mediane.casework.models import Case
from mediane.casework.queries.signals import signal_of
from mediane.casework.states import State, Weighing
from mediane.catalogue.models import Body
from mediane.catalogue.queries import every
from mediane.correspondence import actions as correspondence
from mediane.correspondence.actions import LetterText, Ruling
from mediane.correspondence.models import Kind
from mediane.correspondence.paper import forwarding_pdf
from mediane.correspondence.queries import forwarding_of, forwarding_sheet, reach_of, template_for
from mediane.journal.actions import record
from mediane.kit import clock
from mediane.referrals.queries import documents_of
from mediane.web.desk.finding import found
from mediane.web.desk.forms_orientation import ForwardForm, ReclassifyForm, WeighForm
from mediane.web.desk.telling import told_of_cancelled, told_of_letter
from mediane.web.desk.views.decisions import texts_of
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest

LETTER_TO = {
    State.UNDER_STUDY: Kind.RECLASSIFIED,
    State.REDIRECTED: Kind.REDIRECTED,
    State.INADMISSIBLE: Kind.INADMISSIBLE,
}


def reclassified_to(case: Case) -> State | None:
    """What the case may become by being seen otherwise."""
    if case.state in (State.REDIRECTED, State.INADMISSIBLE):
        return State.UNDER_STUDY
    if case.state == State.ANSWERED:
        return State.REDIRECTED
    return State.INADMISSIBLE if case.is_open and case.admissible_on is not None else None


@require_http_methods(["GET", "HEAD", "POST"])
def reclassify(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_decide(request.actor, case))
    to = reclassified_to(case)
    if to is None:
        return render(request, "desk/reclassify_nothing.html", {"case": case})
    today = clock.today(case.organisation.time_zone)
    template = template_for(case, LETTER_TO[to], today)
    initial = {"version": case.version, **texts_of(case, {"letter": template}, today)}
    form = submitted(ReclassifyForm, request, to=to, today=today, initial=initial)
    if form.is_valid():
        letter = LetterText(template, form.cleaned_data["letter"])
        ruling = _ruling(form.cleaned_data)
        with refusals_on(form):
            correspondence.reclassify(
                case=case, to=to, ruling=ruling, letter=letter, by=request.actor, at=clock.now()
            )
            return redirect("desk:case", reference=reference)
        form.sees(case)
    context = {
        "case": case,
        "form": form,
        "to": to,
        "template": template,
        "words": State(case.state).label,
        "cancelled": told_of_cancelled(case, clock.now()),
        "goes": told_of_letter(case),
    }
    return render(request, "desk/reclassify.html", context)


def _ruling(given: dict[str, Any]) -> Ruling:
    return Ruling(
        because=given["because"],
        reason=given.get("reason", ""),
        body=given.get("body", ""),
        seen_version=given["version"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def forward(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    today = clock.today(case.organisation.time_zone)
    sent = case.reorientations.order_by("rank").last()
    agreed_on = sent.agreed_on if sent else None
    initial = {"version": case.version, "agreed": agreed_on is not None, "agreed_on": agreed_on or today}
    form = submitted(ForwardForm, request, case=case, today=today, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            casework.forward(
                case=case,
                agreed_on=form.cleaned_data["agreed_on"],
                seen_version=form.cleaned_data["version"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:forward", reference=reference)
        form.sees(case)
    is_redirected = case.state == State.REDIRECTED and sent is not None
    context = {
        "case": case,
        "form": form,
        "body": every(Body)[sent.body] if sent and is_redirected else None,
        "reach": reach_of(case, sent.body) if sent and is_redirected else None,
        "forwarding": forwarding_of(case) if is_redirected else None,
        "documents": [document.shown_name for document in documents_of(case.referral)],
    }
    return render(request, "desk/forward.html", context)


@require_http_methods(["GET", "HEAD"])
def forward_pdf(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    forwarding = forwarding_of(case) if case.state == State.REDIRECTED else None
    if forwarding is None:
        raise Http404
    record(
        verb="print_forwarding",
        subject=("case", case.reference),
        by=request.actor,
        at=clock.now(),
        beneficiary_id=case.beneficiary_id,
        body=forwarding.reorientation.body,
    )
    made = forwarding_pdf(forwarding_sheet(case, forwarding))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="transmission-{case.reference}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def weigh_urgency(request: StaffRequest, reference: str, signal: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    shown = signal_of(case, signal)
    if shown is None:
        raise Http404
    form = submitted(WeighForm, request, initial={"version": case.version, "weighing": shown.weighing})
    if form.is_valid():
        with refusals_on(form):
            casework.weigh_urgency(
                case=case,
                signal=signal,
                weighing=Weighing(form.cleaned_data["weighing"]),
                seen_version=form.cleaned_data["version"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:case", reference=reference)
        form.sees(case)
    return render(request, "desk/weigh_urgency.html", {"case": case, "form": form, "signal": shown})
