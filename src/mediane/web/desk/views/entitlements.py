"""What a household could be entitled to, as an aid to look further."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework import rights
from mediane.entitlements import actions, queries
from mediane.entitlements.states import State
from mediane.integrations.openfisca.adapter import installed
from mediane.kit import clock
from mediane.kit.french import MONTHS
from mediane.web.desk.finding import found
from mediane.web.desk.forms_entitlements import HouseholdForm
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
def entitlements(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    made, calculator = queries.estimates_of(case), installed()
    known = HouseholdForm.known(made[0].household if made else None)
    today = clock.today(case.organisation.time_zone)
    form = submitted(HouseholdForm, request, today=today, initial=known)
    if calculator and form.is_valid():
        with refusals_on(form):
            actions.ask_estimate(
                case=case,
                household=form.household(),
                entry_key=form.cleaned_data["entry_key"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:entitlements", reference=reference)
    context = {
        "case": case,
        "form": form,
        "calculator": calculator,
        "made": [(one, _month_of(one)) for one in made],
        "is_waiting": any(one.estimate.state == State.ASKED for one in made),
    }
    return render(request, "desk/entitlements.html", context)


def _month_of(one: queries.OpenedEstimate) -> str:
    month = one.household.month
    return f"{MONTHS[month.month - 1]} {month.year}"
