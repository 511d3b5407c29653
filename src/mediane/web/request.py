"""Who is asking, typed; and one transaction a request, rendering included."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.mandates.models import Mandate
from mediane.organisations.models import Organisation
from mediane.people.models import Beneficiary
from mediane.web import errors

NUL = "\x00"
UTF_8 = ("utf-8", "utf8")
logger = logging.getLogger(__name__)
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class StaffRequest(HttpRequest):
    actor: Actor
    organisation: Organisation


class PersonRequest(HttpRequest):
    """Of a person, or of whoever acts for them under a mandate."""

    actor: Actor
    organisation: Organisation
    beneficiary: Beneficiary
    mandate: Mandate | None


class RepresentativeRequest(HttpRequest):
    """Of somebody who speaks for others, and acts for nobody yet: row security knows their account."""

    actor: Actor


def open_to_all(view: View) -> View:
    """Mark a view that nobody needs to sign in for. Every other one is closed."""
    view.is_open_to_all = True  # type: ignore[attr-defined]
    return view


def one_transaction(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """What a request changes, and the journal of what it shows, commit together before it is answered."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            with rowsecurity.one_transaction():
                response = get_response(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
        except OperationalError:
            # The database is away, or the disk full: nothing was committed, and the page says so.
            logger.exception("database unavailable")
            return errors.unavailable(request)
        return response

    return middleware


def plain_text(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Text as it is counted and kept: in UTF-8, one sign at the end of a line, and no NUL.

    Browsers send two signs where they count one, and PostgreSQL keeps every sign but NUL.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        has_nul = NUL in request.path_info or "%00" in request.META.get("QUERY_STRING", "")
        if has_nul or (request.encoding or "utf-8").lower() not in UTF_8:
            return errors.bad_request(request)
        return get_response(request)

    def clean_the_form(request: HttpRequest, view: Callable, args: list, kwargs: dict) -> None:
        if request.method == "POST" and any(
            NUL in text or "\r" in text for _, texts in request.POST.lists() for text in texts
        ):
            cleaned = request.POST.copy()
            for name, texts in request.POST.lists():
                cleaned.setlist(name, [text.replace(NUL, "").replace("\r\n", "\n") for text in texts])
            request.POST = cleaned  # type: ignore[assignment]

    middleware.process_view = clean_the_form  # type: ignore[attr-defined]
    return middleware
