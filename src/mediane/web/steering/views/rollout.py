"""The roll-out: where each Caf stands, and the day it opens."""

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mediane.casework.queries.adoption import Adopted, adoption
from mediane.kit import clock
from mediane.kit.french import NBSP, count
from mediane.mailroom.queries import policies_on, policy_of
from mediane.mailroom.states import Policy
from mediane.organisations.actions import decide_opening
from mediane.organisations.models import PHASES, Opening, Organisation
from mediane.organisations.queries import all_cafs, by_code, decided_openings, openings
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest
from mediane.web.steering import regions
from mediane.web.steering.finding import require_national
from mediane.web.steering.forms_rollout import OpeningForm, as_decided
from mediane.web.steering.rollout_rows import LABELS, Row, Standing, lead, row, standing

EVERYWHERE = (("", "Toutes, repliées"), (regions.LIST, "Toutes, en une liste"))


@require_safe
def rollout(request: StaffRequest) -> HttpResponse:
    require_national(request)
    today, cafs, opened = clock.today(request.organisation.time_zone), all_cafs(), openings()
    counted, policies = adoption(today), policies_on(today)
    rows = [
        row(caf, opened[caf.pk], policies.get(caf.pk, Policy.ABSENT), counted.get(caf.pk, Adopted()))
        for caf in cafs
    ]
    names = regions.names(cafs)
    asked = request.GET
    phase, region, stands = asked.get("phase", ""), asked.get("region", ""), asked.get("etat", "")
    kept = [
        one
        for one in rows
        if (phase not in dict(_phases()) or one.phase == dict(_phases())[phase])
        and (region not in names or one.caf.region == region)
        and (stands not in set(Standing) or one.standing == stands)
    ]
    context = {
        "lead": lead(opened, cafs),
        "rows": kept,
        "regions": [] if region in (regions.LIST, *names) else _by_region(kept),
        "total": _total(kept),
        "number": len(cafs),
        "filters": [
            ("Phase", "phase", [("", "Toutes les phases"), *_phases()], phase),
            ("Région", "region", [*EVERYWHERE, *((one, one) for one in names)], region),
            ("Ouverture", "etat", [("", "Toutes"), *((str(one), LABELS[one]) for one in Standing)], stands),
        ],
        "is_narrowed": len(kept) != len(rows),
    }
    return render(request, "steering/rollout.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rollout_caf(request: StaffRequest, code: str) -> HttpResponse:
    require_national(request)
    caf = by_code(code)
    if caf is None:
        raise Http404
    form = submitted(OpeningForm, request, initial=as_decided(decided_openings(caf.pk)[0]))
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            given = form.cleaned_data
            decide_opening(
                organisation=caf,
                phase=int(given["phase"]),
                online_from=given["online_from"],
                because=given["because"],
                seen_rank=given["rank"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("steering:rollout_caf", code=code)
        _see(form, caf)
    return render(request, "steering/rollout_caf.html", {"caf": caf, "form": form} | _page(caf))


def _page(caf: Organisation) -> dict[str, object]:
    decided, today = decided_openings(caf.pk), clock.today(caf.time_zone)
    counted = adoption(today).get(caf.pk, Adopted())
    return {
        "is_open": standing(decided[0], today) is Standing.OPEN,
        "row": row(caf, decided[0], policy_of(caf.pk, today), counted),
        "decided": [(one, _said(one)) for one in decided],
    }


def _by_region(rows: list[Row]) -> list[dict[str, object]]:
    if len(rows) <= regions.FEW:
        return []
    return [
        {"name": name, "rows": some, "said": _said_of(some)}
        for name, some in regions.folded(rows, lambda one: one.caf).items()
    ]


def _said_of(rows: list[Row]) -> str:
    opened = sum(one.standing is Standing.OPEN for one in rows)
    said = f"{count(opened, 'Caf ouverte', 'Caf ouvertes')} sur {len(rows)}"
    share = _total(rows).since_opening.share
    return said if share is None else f"{said}, {share}{NBSP}% en ligne"


def _total(rows: list[Row]) -> Adopted:
    return sum((one.adopted for one in rows if one.adopted), Adopted())


def _phases() -> list[tuple[str, str]]:
    return [(str(number), label) for number, label in PHASES]


def _said(opening: Opening) -> str:
    return "" if opening.online_from else "Sans date"


def _see(form: forms.Form, caf: Organisation) -> None:
    """After a refusal: what was typed stays, and the next try is made on what now stands."""
    if isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data["rank"] = str(decided_openings(caf.pk)[0].rank)
