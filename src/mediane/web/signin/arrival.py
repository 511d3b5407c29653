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
}
WITHOUT_A_DESK = ("head", "national")
DESK = "/bureau/"
KINDS_OF: dict[Audience, tuple[str, ...]] = {
    "person": ("person",),
    "representative": ("representative", "mandate"),
    "staff": ("staff", "head", "national"),
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
    is_shut = kind in WITHOUT_A_DESK and asked.startswith(DESK)
    return reverse(HOME_OF[kind]) if is_shut or not asked else asked
