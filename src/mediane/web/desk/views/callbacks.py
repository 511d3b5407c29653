"""Call-backs asked on the public pages: a list, and what became of each."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mediane.callbacks import actions, queries
from mediane.callbacks.models import CallbackRequest
from mediane.callbacks.queries import Listed, Tab
from mediane.callbacks.rules import phone_as_read
from mediane.callbacks.states import MOVES, Moment, Move, State
from mediane.kit import clock
from mediane.kit.refusal import Refusal
from mediane.web.request import StaffRequest

TABS = {Tab.WAITING: "À rappeler", Tab.HANDLED: "Traités"}
DONE = {
    State.TAKEN: "Pris par",
    State.CALLED: "Rappelé par",
    State.UNREACHABLE: "Injoignable. Dernier essai\u00a0:",
}
EMPTY = {
    Tab.WAITING: (
        "Personne n’attend d’être rappelé",
        "Les demandes faites sur le site, avec un nom et un téléphone, se rangent ici.",
    ),
    Tab.HANDLED: ("Aucun rappel traité", "Chacun reste ici trente jours après l’appel, puis s’efface."),
}


@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    return _list(request)


@require_POST
def handle(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One gesture on one line; of two people at once, one wins and the other reads who."""
    chosen = request.POST.get("move", "")
    if chosen not in set(Move):
        raise Http404
    try:
        actions.handle(pk=pk, move=Move(chosen), by=request.actor, at=clock.now())
    except CallbackRequest.DoesNotExist as nowhere:
        raise Http404 from nowhere
    except Refusal as refusal:
        return _list(request, refusal.sentence)
    return redirect("desk:callbacks")


def _list(request: StaffRequest, refused: str = "") -> HttpResponse:
    chosen = request.GET.get("vue", "")
    tab = Tab(chosen) if chosen in set(Tab) else Tab.WAITING
    counts = queries.counts(request.organisation.pk)
    shown = actions.open_list(tab=tab, by=request.actor, at=clock.now())
    context = {
        "tab": tab,
        "tabs": [
            {
                "label": label,
                "href": reverse("desk:callbacks") + ("" if one is Tab.WAITING else f"?vue={one}"),
                "count": counts[one],
                "current": one is tab,
            }
            for one, label in TABS.items()
        ],
        "rows": [_row(one) for one in shown],
        "total": counts[tab],
        "most": queries.MOST_SHOWN,
        "empty": EMPTY[tab],
        "refused": refused,
    }
    return render(request, "desk/callbacks.html", context)


def _row(one: Listed) -> dict[str, Any]:
    asked = one.request
    possible = [move for move, (sources, _) in MOVES.items() if asked.state in sources]
    retried = asked.state == State.UNREACHABLE
    return {
        "asked": asked,
        "who": one.caller.full_name,
        "phone": phone_as_read(one.caller.phone),
        "number": one.caller.number,
        "moment": Moment(asked.moment).label,
        "done": DONE.get(State(asked.state), ""),
        "is_taken": asked.state == State.TAKEN,
        "moves": [(move, "Réessayer" if retried else move.label) for move in possible],
    }
