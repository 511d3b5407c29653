"""Who is asking, typed; and one transaction a request, rendering included."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.organisations.models import Organisation
from mediane.people.models import Beneficiary
from mediane.web import errors

logger = logging.getLogger(__name__)
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class StaffRequest(HttpRequest):
    actor: Actor
    organisation: Organisation


class PersonRequest(HttpRequest):
    actor: Actor
    organisation: Organisation
    beneficiary: Beneficiary


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
