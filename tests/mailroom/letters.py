"""Mails as they come, and a fast way to have one taken."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.message import EmailMessage
from itertools import count
from typing import Any

from mediane.journal.rules import system
from mediane.kit import rowsecurity
from mediane.mailroom.actions import Taken, choose_policy, take
from mediane.mailroom.models import Mail
from mediane.mailroom.rules.arrival import Arrival, Place
from mediane.mailroom.states import Policy
from mediane.organisations.models import Organisation
from tests.cast import Cast

UIDS = count(1)


def a_mail(text: str = "Bonjour, où en est ma demande ?", **headers: str) -> EmailMessage:
    message = EmailMessage()
    known = {
        "From": "Samira Belkacem <samira@exemple.fr>",
        "To": "mediation@caf75.exemple",
        "Subject": "Ma demande",
        "Message-ID": f"<{next(UIDS)}@exemple.fr>",
        "Date": "Mon, 09 Nov 2026 10:00:00 +0100",
    }
    for name, value in (known | {key.replace("_", "-"): value for key, value in headers.items()}).items():
        if value:
            message[name] = value
    message.set_content(text)
    return message


def open_the_mailbox(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        choose_policy(
            organisation=cast.paris, policy=Policy.OPEN, effective_from=at.date(), by=cast.claire, at=at
        )


def nothing_sent(organisation_id: int, ids: Sequence[str]) -> Mapping[str, int | None]:
    return {}


def taken(raw: bytes | EmailMessage, *, by_caf: Organisation, at: datetime, **differs: Any) -> Taken:
    data = raw if isinstance(raw, bytes) else raw.as_bytes()
    place = Place("mediation@imap.exemple/INBOX", 7, differs.pop("uid", None) or next(UIDS))
    sent = differs.pop("sent", nothing_sent)
    arrival = Arrival(
        place=differs.pop("place", place), received_at=at, size=differs.pop("size", len(data)), raw=data
    )
    with rowsecurity.working_for(rowsecurity.staff(by_caf.pk)):
        return take(arrival=arrival, organisation=by_caf, sent=sent, by=system(by_caf.pk), at=at)


def the_mail(caf: Organisation) -> Mail:
    with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
        return Mail.objects.select_related("key", "organisation", "case").latest("pk")
