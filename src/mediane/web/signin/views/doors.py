from importlib import import_module
from typing import Protocol, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mediane.web.request import open_to_all
from mediane.web.signin import arrival, session
from mediane.web.signin.arrival import Audience


class SignIn(Protocol):
    """The module named by the setting SIGN_IN."""

    def begin(self, request: HttpRequest, audience: Audience, suite: str) -> HttpResponse: ...


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD"])
def person(request: HttpRequest) -> HttpResponse:
    return _open(request, "person")


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD"])
def representative(request: HttpRequest) -> HttpResponse:
    return _open(request, "representative")


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD"])
def staff(request: HttpRequest) -> HttpResponse:
    return _open(request, "staff")


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    session.end(request)
    return redirect("citizen:start")


def _open(request: HttpRequest, audience: Audience) -> HttpResponse:
    suite = arrival.local(request.GET.get("suite", ""), request)
    actor = getattr(request, "actor", None)
    if actor is not None and actor.kind in arrival.KINDS_OF[audience]:
        return redirect(arrival.after(suite, actor.kind, request))
    return cast(SignIn, import_module(settings.SIGN_IN)).begin(request, audience, suite)
