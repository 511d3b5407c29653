from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework.queries.search import By
from mediane.casework.queries.search import search as find
from mediane.kit import clock
from mediane.web.desk.rows import rows
from mediane.web.request import StaffRequest

LONGEST = 200
HOW = {
    By.REFERENCE: "Par référence",
    By.NUMBER: "Par numéro allocataire",
    By.NAME: "Par nom",
    By.WORDS: "Par mots de la demande",
}


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: StaffRequest) -> HttpResponse:
    """Results come in answer to the form itself: a name never enters an address."""
    if request.method != "POST":
        return redirect("desk:workplan")
    text = request.POST.get("q", "").strip()[:LONGEST]
    result = find(organisation_id=request.organisation.pk, text=text)
    today = clock.today(request.organisation.time_zone)
    shown = rows(result.cases, organisation=request.organisation, today=today)
    context = {"text": text, "how": HOW.get(result.by), "rows": shown, "is_cut": result.is_cut}
    return render(request, "desk/search.html", context)
