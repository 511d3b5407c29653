"""The monthly deduction by the legal scale: asked, worked out with its reasoning, read again."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mediane.casework import rights
from mediane.casework.models import Case
from mediane.debts.actions import calculate_deduction
from mediane.debts.models import Calculation
from mediane.debts.queries import calculation_of, calculations_of, opened_calculation, standing_scales
from mediane.debts.rules.kept import Resources, Worked
from mediane.debts.rules.overpayment import month_name
from mediane.debts.rules.schedule import ends, schedule
from mediane.kit import clock
from mediane.web.desk.finding import found
from mediane.web.desk.forms_deductions import Debts, DeductionForm, typed_again
from mediane.web.forms import refusals_on
from mediane.web.request import StaffRequest

MOST_MONTHS = 120
PERIOD_WORDS = {
    Resources.QUARTER: "le trimestre de référence",
    Resources.YEAR: "l’année civile de référence",
}


@require_http_methods(["GET", "HEAD", "POST"])
def deduct(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    made = calculations_of(case)
    if request.method == "POST":
        form, debts = DeductionForm(data=request.POST), Debts(request.POST)
        if "ajouter" in request.POST:
            typed = {name: form[name].value() for name in form.fields}
            form, debts = DeductionForm(initial=typed), debts.and_one_more()
        elif all([form.is_valid(), debts.is_valid()]):
            with refusals_on(form):
                return _to(case, _calculate(request, case, form, debts))
    else:
        form, debts = _begun(request, case, made)
    context = {
        "case": case,
        "form": form,
        "debts": debts,
        "made": made,
        "scales": standing_scales(),
    }
    return render(request, "desk/deduction.html", context)


@require_safe
def deduction(request: StaffRequest, reference: str, rank: int) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    calculation = calculation_of(case, rank)
    if calculation is None:
        raise Http404
    worked = opened_calculation(calculation, case)
    context = {"case": case, "calculation": calculation, "worked": worked, **_worked(worked)}
    return render(request, "desk/deduction_made.html", context)


def _calculate(request: StaffRequest, case: Case, form: DeductionForm, debts: Debts) -> Calculation:
    return calculate_deduction(
        case=case,
        asked=form.asked(debts.as_debts()),
        by=request.actor,
        at=clock.now(),
        entry_key=form.cleaned_data["entry_key"],
    )


def _to(case: Case, calculation: Calculation) -> HttpResponse:
    return redirect("desk:deduction", reference=case.reference, rank=calculation.rank)


def _begun(request: StaffRequest, case: Case, made: list[Calculation]) -> tuple[DeductionForm, Debts]:
    """Empty, or with what another calculation was worked out from."""
    asked = request.GET.get("depuis", "")
    again = next((one for one in made if str(one.rank) == asked), None)
    if again is None:
        return DeductionForm(), Debts(None)
    typed, debts = typed_again(opened_calculation(again, case))
    return DeductionForm(initial=typed), Debts(None, debts)


def _worked(worked: Worked) -> dict[str, Any]:
    """The months, the ends, and what is left to live on, from what is kept."""
    asked, amount = worked.asked, worked.deduction.amount
    has = asked.income if asked.real is None else asked.real
    left = None if has is None else has - amount
    told = {"month": month_name(asked.first), "period": PERIOD_WORDS[asked.resources], "left": left}
    if not amount:
        return told | {"months": [], "ends": [], "number": 0, "owed": sum(one.amount for one in asked.debts)}
    done = ends(asked.debts, amount, asked.first)
    months = schedule(asked.debts, amount, asked.first, most=MOST_MONTHS)
    return told | {
        "months": [(month_name(one.month), one) for one in months],
        "ends": [(end, month_name(end.month)) for end in done],
        "number": done[-1].rank,
        "owed": sum(one.amount for one in asked.debts),
    }
