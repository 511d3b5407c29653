"""What the relation register of the Caf (the GRC) was not told yet, and another try."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mediane.casework.models import Case
from mediane.complaints import actions
from mediane.complaints.models import Failure, StatusFact
from mediane.complaints.queries import MOST_SHOWN, is_connected, untold
from mediane.complaints.rights import may_follow_register
from mediane.complaints.rules import Fact
from mediane.kit import clock
from mediane.web.desk.finding import found
from mediane.web.request import StaffRequest

FACTS = {
    Fact.REGISTERED: "Demande reçue",
    Fact.ADMISSIBLE: "Recevable",
    Fact.INADMISSIBLE: "Irrecevable",
    Fact.CLOSED: "Dossier clos",
    Fact.REOPENED: "Dossier repris",
}


@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    if not may_follow_register(request.actor, request.organisation.pk):
        raise PermissionDenied
    facts, total = untold(request.organisation.pk)
    words = {
        "rows": _rows(facts),
        "total": total,
        "most": MOST_SHOWN,
        "is_connected": is_connected(),
        "again": next((one.reference for one in facts if one.reference == request.GET.get("essai")), ""),
    }
    return render(request, "desk/register.html", words)


@require_POST
def tell_again(request: StaffRequest, reference: str) -> HttpResponse:
    case: Case = found(request, reference)
    actions.tell_again(reference=case.reference, by=request.actor, at=clock.now())
    return redirect(f"{reverse('desk:register')}?essai={case.reference}")


def _rows(facts: list[StatusFact]) -> list[dict[str, Any]]:
    """Of a case, one line tries again: the register hears its facts in order, but for what it refuses."""
    seen: set[str] = set()
    held: set[str] = set()
    rows = []
    for fact in facts:
        is_refused = fact.failure == Failure.REFUSED
        after = "Mis de côté" if is_refused else "Au prochain passage"
        if not is_refused and fact.reference in held:
            after = "Après le fait précédent"
        is_first = fact.reference not in seen
        rows.append({"fact": fact, "what": FACTS[Fact(fact.fact)], "is_first": is_first, "after": after})
        seen.add(fact.reference)
        if not is_refused:
            held.add(fact.reference)
    return rows
