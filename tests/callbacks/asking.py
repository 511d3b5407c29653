"""Somebody who asks to be called back, as on the public page."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from mediane.callbacks import actions
from mediane.callbacks.rules import Caller, Wish
from mediane.callbacks.states import Moment
from mediane.kit import rowsecurity
from mediane.organisations.models import Organisation

ODILE: dict[str, Any] = {"first_name": "Odile", "last_name": "Ferrand", "phone": "01 99 00 41 27"}


def asked(
    caf: Organisation, at: datetime, *, page: UUID | None = None, near: str = "", **differs: Any
) -> UUID:
    """The number of the request; one page sent again is `page`."""
    wish = Wish(caller=Caller(**ODILE | differs), moment=Moment.MORNING)
    with rowsecurity.working_for(rowsecurity.public()):
        return actions.ask(page=page or uuid4(), wish=wish, organisation=caf, connection_from=near, at=at)
