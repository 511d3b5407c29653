"""Where a sign-in leads: back to the page that asked for it, as long as it is one of ours."""

from typing import Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

Audience = Literal["person", "representative", "staff"]
HOME_OF: dict[str, str] = {
    "person": "citizen:space",
    "representative": "representative:people",
    "mandate": "citizen:space",
    "staff": "desk:workplan",
    "head": "steering:figures",
    "national": "steering:figures",
    "service": "service:questions",
}
# Rooms of other members, where nobody of this kind is led.
SHUT_TO: dict[str, tuple[str, ...]] = {
    "staff": ("/services/",),
    "head": ("/bureau/", "/services/"),
    "national": ("/bureau/", "/services/"),
    "service": ("/bureau/", "/pilotage/"),
}
KINDS_OF: dict[Audience, tuple[str, ...]] = {
    "person": ("person",),
    "representative": ("representative", "mandate"),
    "staff": ("staff", "head", "national", "service"),
}


def local(suite: str, request: HttpRequest) -> str:
    """The path asked for, or nothing where it leads elsewhere."""
    allowed = url_has_allowed_host_and_scheme(suite, allowed_hosts=None, require_https=request.is_secure())
    return suite if allowed and suite.startswith("/") else ""


def after(suite: str, kind: str, request: HttpRequest) -> str:
    """`kind` is the actor’s: whoever signs in as staff may be of the national mediation, or head of a Caf.

    A page that would refuse them is not where they are led.
    """
    asked = local(suite, request)
    is_shut = asked.startswith(SHUT_TO.get(kind, ()))
    return reverse(HOME_OF[kind]) if is_shut or not asked else asked
