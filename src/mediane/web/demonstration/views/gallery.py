from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mediane.web.demonstration.samples import SAMPLES, Contested, typed
from mediane.web.request import open_to_all


@open_to_all
@require_http_methods(["GET", "HEAD"])
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component on one page, with one of everything."""
    wrong = Contested(typed(decided_on_year="26", complaint=""))
    page = SAMPLES | {"form": Contested(typed()), "wrong": wrong}
    return render(request, "design/gallery.html", page)
