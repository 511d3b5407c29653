"""The scales of deductions: each with its days and its text; none is changed, one more is entered."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mediane.debts import rights
from mediane.debts.actions import enter_scale
from mediane.debts.queries import scale_on, standing_scales
from mediane.debts.queries import scales as every_scale
from mediane.debts.rules.scale import rate_words
from mediane.kit import clock
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest
from mediane.web.steering.forms_scales import ScaleForm


@require_safe
def scales(request: StaffRequest) -> HttpResponse:
    _require(request)
    today = clock.today(request.organisation.time_zone)
    shown = [
        {
            "row": one,
            "rule": one.rule,
            "rates": [rate_words(slice_.rate) for slice_ in one.rule.slices],
            "corrected_by": getattr(one, "correction", None),
        }
        for one in every_scale()
    ]
    context = {"scales": shown, "is_known": scale_on(today) is not None, "today": today}
    return render(request, "steering/scales.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: StaffRequest) -> HttpResponse:
    _require(request)
    asked = request.GET.get("corrige", "")
    form = submitted(ScaleForm, request, standing=standing_scales(), initial={"corrects": asked or "nouveau"})
    if form.is_valid():
        with refusals_on(form):
            key = form.cleaned_data["entry_key"]
            enter_scale(text=form.text(), by=request.actor, at=clock.now(), entry_key=key)
            return redirect("steering:scales")
    return render(request, "steering/scale_form.html", {"form": form})


def _require(request: StaffRequest) -> None:
    if not rights.may_enter_scales(request.actor):
        raise PermissionDenied
