"""Money as the head of a Caf validates it: amounts and who typed them, no case and none of its words."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework import actions
from mediane.casework.models import FinancialEffect
from mediane.casework.queries.effects import MOST, line_of, to_validate_without_the_case
from mediane.catalogue.models import Benefit
from mediane.catalogue.queries import every
from mediane.kit import clock
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest
from mediane.web.steering.forms_money import ValidateLineForm


@require_http_methods(["GET", "HEAD", "POST"])
def money(request: StaffRequest) -> HttpResponse:
    """The service has its own list, where each line leads to its case."""
    if request.actor.kind == "staff":
        return redirect("desk:money")
    if request.actor.kind != "head":
        raise PermissionDenied
    form = submitted(ValidateLineForm, request)
    if form.is_bound:
        line = _line(request, form)
        with refusals_on(form):
            actions.validate_effect(effect=line, by=request.actor, at=clock.now())
            return redirect("steering:money")
    lines, total = to_validate_without_the_case(request.organisation.pk)
    context = {
        "form": form,
        "lines": [(line, every(Benefit)[line.benefit].short) for line in lines],
        "total": total,
        "most": MOST,
    }
    return render(request, "steering/money.html", context)


def _line(request: StaffRequest, form: ValidateLineForm) -> FinancialEffect:
    line = line_of(request.organisation.pk, form.cleaned_data["line"]) if form.is_valid() else None
    if line is None:
        raise Http404
    return line
