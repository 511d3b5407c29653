"""The sign-in of the demonstration: a page of invented people, one click each."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from mediane.web.signin.arrival import Audience

PLACE_OF: dict[Audience, str] = {
    "person": "allocataires",
    "representative": "representants",
    "staff": "mediation",
}


def begin(request: HttpRequest, audience: Audience, suite: str) -> HttpResponse:
    query = f"?{urlencode({'suite': suite})}" if suite else ""
    return redirect(f"{reverse('demonstration:people')}{query}#{PLACE_OF[audience]}")
