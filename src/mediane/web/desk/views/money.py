"""Money of a case: recorded, corrected, validated by somebody else; and what a Caf has to validate."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mediane.casework import actions, rights
from mediane.casework.models import Case, FinancialEffect
from mediane.casework.queries.effects import MOST, effect_of, first_year, running, to_validate
from mediane.casework.rules.counting import ANSWERED_ELSEWHERE
from mediane.casework.rules.money import BESIDE, BUCKETS, NAMES
from mediane.catalogue.models import Benefit
from mediane.catalogue.queries import every, in_force
from mediane.kit import clock
from mediane.kit.months import year_among
from mediane.web.desk.finding import found
from mediane.web.desk.forms_money import CorrectionForm, EffectForm, ValidationForm
from mediane.web.desk.money import rows_of
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest

SIGNING = "signature"


@require_http_methods(["GET", "HEAD", "POST"])
def record_effect(request: StaffRequest, reference: str) -> HttpResponse:
    """A line conflicts with nothing: two people may record one each."""
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    if request.method != "POST" and case.state in ANSWERED_ELSEWHERE:
        return _to_the_case(case)
    is_signing = request.GET.get("suite") == SIGNING
    initial = {"version": case.version, "benefit": case.benefits[0] if len(case.benefits) == 1 else ""}
    form = submitted(EffectForm, request, initial=initial, **_benefits(case))
    if form.is_valid():
        with refusals_on(form):
            key = form.cleaned_data["entry_key"]
            actions.record_effect(
                case=case, change=form.change(), by=request.actor, at=clock.now(), entry_key=key
            )
            return redirect("desk:sign_reply", reference=reference) if is_signing else _to_the_case(case)
    context = {"case": case, "form": form, "line": None, "is_signing": is_signing}
    return render(request, "desk/effect.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_effect(request: StaffRequest, reference: str, rank: int) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    line = _line(case, rank)
    is_over = FinancialEffect.objects.filter(corrects=line).exists()
    if request.method != "POST" and (is_over or case.state in ANSWERED_ELSEWHERE):
        return _to_the_case(case)
    initial = {"version": case.version} | CorrectionForm.known(line)
    form = submitted(CorrectionForm, request, initial=initial, **_benefits(case))
    if form.is_valid():
        with refusals_on(form):
            key = form.cleaned_data["entry_key"]
            actions.correct_effect(
                effect=line, change=form.change(), by=request.actor, at=clock.now(), entry_key=key
            )
            return _to_the_case(case)
    context = {"case": case, "form": form, "line": line, "is_signing": False}
    return render(request, "desk/effect.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def validate_effect(request: StaffRequest, reference: str, rank: int) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    line = _line(case, rank)
    if request.method != "POST" and line.validated_at is not None:
        return _to_the_case(case)
    form = submitted(ValidationForm, request, initial={"version": case.version})
    if form.is_valid():
        with refusals_on(form):
            actions.validate_effect(effect=line, by=request.actor, at=clock.now())
            return redirect("desk:money") if form.cleaned_data["back"] else _to_the_case(case)
    context = {
        "case": case,
        "form": form,
        "line": line,
        "benefit": every(Benefit)[line.benefit].label,
        "is_mine": line.recorded_by_id == request.actor.id,
    }
    return render(request, "desk/effect_validate.html", context)


@require_safe
def money(request: StaffRequest) -> HttpResponse:
    """What waits for a second person, and what the cases closed in a year changed: this Caf’s, live."""
    caf = request.organisation
    this_year = clock.today(caf.time_zone).year
    first = first_year(caf.pk, caf.time_zone) or this_year
    # One of the years offered; the last one for anything else.
    year = year_among(request.GET.get("annee", ""), first, this_year) or this_year
    lines, total = to_validate(caf.pk)
    of_year = running(caf.pk, year, caf.time_zone)
    context = {
        "lines": [(line, every(Benefit)[line.benefit].short, line.recorded_by_id) for line in lines],
        "total": total,
        "most": MOST,
        "year": year,
        "years": range(this_year, first - 1, -1),
        "apart": rows_of(of_year, BUCKETS),
        "beside": rows_of(of_year, BESIDE),
        "kinds": [[{"text": NAMES[kind], "number": True} for kind in kinds] for kinds in (BUCKETS, BESIDE)],
        "waiting": of_year.waiting,
    }
    return render(request, "desk/money.html", context)


def _benefits(case: Case) -> dict[str, Any]:
    today = clock.today(case.organisation.time_zone)
    return {"benefits": in_force(Benefit, today), "first": case.benefits}


def _line(case: Case, rank: int) -> FinancialEffect:
    line = effect_of(case, rank)
    if line is None:
        raise Http404
    return line


def _to_the_case(case: Case) -> HttpResponseRedirect:
    where = redirect("desk:case", reference=case.reference)
    where["Location"] += "#montants"
    return where
