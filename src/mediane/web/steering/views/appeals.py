"""The rules of the period for appeal, with their sources, and who lets beneficiaries see what they give."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.appeals.actions import decide_sign_off
from mediane.appeals.models import SignOff
from mediane.appeals.queries import sign_off_of, sign_offs_of
from mediane.appeals.rights import may_sign_off
from mediane.appeals.rules import law, told
from mediane.casework.rights import require
from mediane.kit import clock
from mediane.kit.french import number_in_words
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest
from mediane.web.steering.forms_appeals import HIDE, SHOW, SignOffForm


@require_http_methods(["GET", "HEAD", "POST"])
def appeal_rules(request: StaffRequest) -> HttpResponse:
    own = request.organisation
    decided, may = sign_offs_of(own.pk), may_sign_off(request.actor)
    initial = {"rank": decided[0].rank if decided else 0}
    form = submitted(SignOffForm, request, initial=initial)
    if form.is_bound:
        require(may)
    if form.is_valid():
        with refusals_on(form):
            decide_sign_off(
                organisation=own,
                is_given=form.cleaned_data["choice"] == SHOW,
                words=form.cleaned_data["words"],
                seen_rank=form.cleaned_data["rank"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("steering:appeal_rules")
        decided = sign_offs_of(own.pk)
        _see(form, decided)
    standing = sign_off_of(own.pk)
    context = {
        "form": form,
        "may": may,
        "hide": HIDE,
        "decided": decided,
        "said": _said(standing, own.pk),
        "is_shown": standing is not None and standing.stands,
        "version": law.VERSION,
        "policies": list(reversed(law.POLICIES)),
        "paths": [(path, told.length(path), *map(number_in_words, path.further)) for path in law.PATHS],
    }
    return render(request, "steering/appeal_rules.html", context)


def _said(standing: SignOff | None, own: int) -> str:
    """Why the date is shown, or is not."""
    if standing is None:
        return "Personne ne l’a validé\u00a0: seul le service voit le calcul."
    who = (
        ""
        if standing.organisation_id == own
        else " pour la médiation nationale, votre Caf n’ayant rien décidé"
    )
    if not standing.is_given:
        return f"{standing.decided_by} l’a retiré{who}\u00a0: seul le service voit le calcul."
    if not standing.stands:
        return "Les règles ont changé\u00a0: la validation est à redonner. Seul le service voit le calcul."
    return f"{standing.decided_by} l’a validé{who}."


def _see(form: SignOffForm, decided: list[SignOff]) -> None:
    """After a refusal: what was typed stays, and the next try is made on what now stands."""
    if isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data["rank"] = str(decided[0].rank if decided else 0)
