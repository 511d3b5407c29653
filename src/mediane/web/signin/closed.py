"""The sign-in of an installation that has not chosen one: says so, and how to reach the service."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mediane.web.signin.arrival import Audience


def begin(request: HttpRequest, audience: Audience, suite: str) -> HttpResponse:
    return render(request, "signin/closed.html", {"audience": audience}, status=503)
