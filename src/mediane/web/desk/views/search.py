from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework.queries.signals import signals_of
from mediane.kit import clock, references
from mediane.search import actions
from mediane.search.queries import By
from mediane.web.desk.forms_search import Search
from mediane.web.desk.rows import rows
from mediane.web.request import StaffRequest

HOW = {
    By.REFERENCE: "Par référence",
    By.NUMBER: "Par numéro allocataire",
    By.NAME: "Par nom",
    By.WORDS: "Par mots du dossier",
    By.NEAR: "Rien d’exact. Par nom proche",
}


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: StaffRequest) -> HttpResponse:
    """Results come in answer to the form itself: a name never enters an address."""
    if request.method != "POST":
        return redirect("desk:workplan")
    text = request.POST.get("q", "").replace("\x00", "").strip()
    if not text:
        return redirect("desk:workplan")
    form = Search(data={"q": text})
    if not form.is_valid():
        return render(request, "desk/search_too_long.html", {"form": form})
    result = actions.look_for(text=text, by=request.actor, at=clock.now())
    today = clock.today(request.organisation.time_zone)
    raised = signals_of(request.organisation.pk, result.cases)
    shown = rows(result.cases, raised, organisation=request.organisation, today=today)
    context = {
        "text": text,
        "is_misspelt": _looks_like_a_reference(text) and not references.is_valid(references.normalise(text)),
        "how": HOW.get(result.by),
        "rows": shown,
        "is_cut": result.is_cut,
    }
    return render(request, "desk/search.html", context)


def _looks_like_a_reference(text: str) -> bool:
    """Eight signs, not a name (no digit) nor a file number (seven digits, perhaps a letter)."""
    bare = references.normalise(text).replace("-", "")
    return len(bare) == 8 and not bare.isalpha() and not bare[:7].isdigit()
