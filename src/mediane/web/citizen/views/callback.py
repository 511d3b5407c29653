"""Being called back: for whoever cannot, or would rather not, do it on a screen."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mediane.callbacks.actions import ask
from mediane.kit import clock
from mediane.organisations.models import Organisation
from mediane.organisations.queries import by_code
from mediane.organisations.rules import DEPARTMENTS
from mediane.web.citizen.forms.callback import CallbackForm
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import open_to_all


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def callback(request: HttpRequest) -> HttpResponse:
    form = submitted(CallbackForm, request, initial={"key": uuid4()})
    if form.is_bound and form.is_valid():
        caf = _caf(form.cleaned_data["postcode"])
        with refusals_on(form):
            ask(
                page=form.cleaned_data["key"],
                wish=form.wish(),
                organisation=caf,
                connection_from=_connection(request),
                at=clock.now(),
            )
            return redirect("citizen:callback_asked", code=caf.code)
    return render(request, "citizen/callback.html", {"form": form})


@open_to_all
@require_safe
def asked(request: HttpRequest, code: str) -> HttpResponse:
    """Says which Caf will call; the address tells no more than that."""
    return render(request, "citizen/callback_asked.html", {"caf": _caf(code)})


def _caf(code: str) -> Organisation:
    caf = by_code(code) if code in DEPARTMENTS else None
    if caf is None:
        raise Http404
    return caf


def _connection(request: HttpRequest) -> str:
    """Who the reverse proxy says is there: the last it wrote down, whatever the client sent before."""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return told or str(request.META.get("REMOTE_ADDR", ""))
