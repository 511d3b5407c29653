"""Around the closing of a case: what is still to be said before it, and the case opened again."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework import actions, rights
from mediane.casework.models import Case
from mediane.casework.queries.reopened import last_day_to_reopen
from mediane.casework.rules.closing import Item, Said, checklist
from mediane.casework.states import State
from mediane.catalogue.models import Benefit, CauseReason, ErrorType
from mediane.catalogue.queries import every, in_force
from mediane.kit import clock
from mediane.web.desk.finding import found
from mediane.web.desk.forms_decisions import SignatureForm
from mediane.web.desk.forms_money import ReopenForm
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


def reasons_for(case: Case, today: date) -> list[CauseReason]:
    """Those offered for the benefits of the case."""
    groups = {every(Benefit)[code].group for code in case.benefits}
    return [row for row in in_force(CauseReason, today) if row.is_offered_for(case.benefits, groups)]


def still_to_say(form: SignatureForm, case: Case) -> list[Item]:
    """As the page stands: what was typed, and the lines of money already recorded."""
    error = form["error_type"].value() or ""
    known = every(ErrorType)
    return checklist(
        Said(
            has_outcome=bool(form["outcome"].value()),
            has_cause=bool(form["cause"].value()),
            offers_reasons=form.offers_reasons,
            has_reason=form.offers_reasons and bool(form["reason"].value()),
            has_error_type=bool(error),
            is_error=error in known and known[error].is_error,
            has_service=bool(form["service"].value()),
            has_recommendation=case.recommendations.exists(),
            has_money=form.has_money or bool(form["is_without_effect"].value()),
        )
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_decide(request.actor, case))
    form = submitted(ReopenForm, request, initial={"version": case.version})
    if form.is_valid():
        with refusals_on(form):
            actions.reopen(
                case=case,
                because=form.cleaned_data["because"],
                seen_version=form.cleaned_data["version"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:case", reference=reference)
        form.sees(case)
    answered_at = case.closings.latest("closed_at").closed_at if case.state == State.ANSWERED else None
    until = last_day_to_reopen(case, answered_at) if answered_at else None
    context = {
        "case": case,
        "form": form,
        "until": until,
        "is_too_late": until is None or clock.today(case.organisation.time_zone) > until,
    }
    return render(request, "desk/reopen.html", context)
