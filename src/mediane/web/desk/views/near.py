"""Two requests side by side, and what somebody says of them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework import actions as casework
from mediane.casework.actions.links import in_order
from mediane.casework.models import Case, Link
from mediane.casework.queries.near_cases import between, opinions_on
from mediane.casework.queries.returns import redirected_before, why_returned
from mediane.casework.rules.shown_state import shown_state
from mediane.casework.states import Kinship
from mediane.catalogue.models import Benefit, Channel, Ground
from mediane.catalogue.queries import every, labels
from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.web.desk.finding import found
from mediane.web.desk.forms_near import Opinion
from mediane.web.desk.telling import told_of_merge
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest

SAYING = {
    Kinship.REPEAT: casework.link_as_repeat,
    Kinship.RETURN: casework.link_as_return,
    Kinship.DUPLICATE: casework.merge_cases,
    Kinship.APART: casework.set_apart,
}


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: StaffRequest, reference: str, other: str) -> HttpResponse:
    case, beside = found(request, reference), found(request, other)
    if case.pk == beside.pk:
        raise Http404
    earlier, later = in_order(case, beside)
    said = opinions_on(earlier, later)
    form = _form(request, earlier, later, said)
    if form.is_valid():
        with refusals_on(form):
            kinship = Kinship(form.cleaned_data["opinion"])
            link = SAYING[kinship](
                case=case,
                other=beside,
                seen_rank=form.cleaned_data["seen"],
                by=request.actor,
                at=clock.now(),
            )
            to = earlier.reference if link.kinship == Kinship.DUPLICATE else reference
            return redirect("desk:case", reference=to)
        said = opinions_on(earlier, later)
        form.sees(said[0].rank if said else 0)
    context = {
        "case": case,
        "form": form,
        "sides": [_side(earlier), _side(later)],
        "hints": _hints(earlier, later, request.actor),
        "found": between(earlier, later),
        "came_back": _came_back(earlier, later),
        "said": said,
        "is_same_person": _is_same_person(earlier, later),
    }
    return render(request, "desk/compare.html", context)


def _form(request: StaffRequest, earlier: Case, later: Case, said: list[Link]) -> Opinion:
    standing = said[0] if said else None
    initial = {"seen": standing.rank if standing else 0}
    chosen = request.POST.get("opinion", "")
    choices = [
        (kinship.value, words)
        for kinship, words in (
            (Kinship.RETURN, "Un retour après réorientation"),
            (Kinship.REPEAT, "Une réitération"),
            (Kinship.DUPLICATE, "Un doublon"),
            (Kinship.APART, "Deux demandes distinctes"),
        )
        # What was chosen while it could be is refused by the verb, with its reason.
        if _may_be(kinship, earlier, later, standing) or kinship == chosen
    ]
    return submitted(Opinion, request, choices=choices, initial=initial)


def _may_be(kinship: Kinship, earlier: Case, later: Case, standing: Link | None) -> bool:
    if standing is not None and standing.kinship == kinship:
        return False
    if kinship == Kinship.APART:
        return True
    if not _is_same_person(earlier, later):
        return False
    if kinship == Kinship.RETURN:
        return redirected_before(earlier, later) is not None
    if kinship == Kinship.DUPLICATE:
        return earlier.is_open and later.is_open
    zone = earlier.organisation.time_zone
    return earlier.closed_at is not None and clock.day_of(earlier.closed_at, zone) <= later.received_on


def _came_back(earlier: Case, later: Case) -> str:
    """What makes it a return, before anything that was asked."""
    sent = redirected_before(earlier, later) if _is_same_person(earlier, later) else None
    return why_returned(sent, earlier.organisation.time_zone) if sent else ""


def _is_same_person(earlier: Case, later: Case) -> bool:
    return earlier.beneficiary.known_as == later.beneficiary.known_as


def _hints(earlier: Case, later: Case, by: Actor) -> dict[str, str]:
    return {
        Kinship.RETURN: "La personne revient après avoir été orientée vers un autre organisme. "
        "Chaque dossier suit son cours et renvoie à l’autre, le retour est compté.",
        Kinship.REPEAT: "La personne revient sur le même sujet après la clôture. "
        "Chaque dossier suit son cours, la réitération est comptée.",
        Kinship.DUPLICATE: "La même demande, reçue deux fois. "
        f"Le dossier {earlier.reference}, reçu en premier, répond pour les deux. "
        f"Le dossier {later.reference} se ferme et reste lisible depuis l’autre. "
        + told_of_merge(earlier, later, by, clock.now()),
        Kinship.APART: "Chaque dossier suit son cours. Rien n’est compté ensemble.",
    }


def _side(case: Case) -> dict[str, Any]:
    return {
        "case": case,
        "state": shown_state(case),
        "benefits": ", ".join(every(Benefit)[code].short for code in case.benefits),
        "grounds": ", ".join(labels(Ground, case.grounds)),
        "channel": every(Channel)[case.channel].label,
    }
