"""The Caf’s relation register as the house needs it: their words become ours, or nothing does."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache

from mediane.complaints.rules import KnownComplaint, RegisterRefuses, RegisterUnavailable
from mediane.integrations.crm.client import Client, Refused, Unusable
from mediane.kit import clock

A_YEAR = timedelta(days=366)
MOST_COMPLAINTS = 100
# Somebody waits in front of a screen; nobody waits for a job.
LIMIT_OF_A_PAGE, LIMIT_OF_A_JOB = 2.0, 10.0
# After a silence, pages do not ask again for a while: waiting would fill the threads of the site.
REST, SILENT = 20, "crm:silent"
SIZES = {"reference": 40, "subject": 160, "channel": 60}


class _Lie(ValueError):
    """What cannot be true."""


class CrmRegister:
    """Chosen as soon as CRM_URL is set."""

    def complaints_of(self, *, organisation_code: str, number: str) -> list[KnownComplaint]:
        if cache.get(SILENT):
            raise RegisterUnavailable("silent a moment ago")
        today = clock.today()
        since = today - A_YEAR
        try:
            answer = self._client(LIMIT_OF_A_PAGE).search(
                organisation=organisation_code, number=number, since=since.isoformat()
            )
        except Unusable as error:
            cache.set(SILENT, value=True, timeout=REST)
            raise RegisterUnavailable(str(error)) from error
        if (answer.get("organisation"), answer.get("number")) != (organisation_code, number):
            raise RegisterUnavailable("an answer about somebody else")
        return _complaints(answer.get("complaints"), since, today)

    def tell(
        self, *, key: str, organisation_code: str, number: str, reference: str, fact: str, on: date
    ) -> None:
        told = {
            "organisation": organisation_code,
            "number": number,
            "reference": reference,
            "fact": str(fact),
            "on": on.isoformat(),
        }
        try:
            self._client(LIMIT_OF_A_JOB).tell(key=key, fact=told)
        except Unusable as error:
            raise RegisterUnavailable(str(error)) from error
        except Refused as error:
            raise RegisterRefuses(str(error)) from error

    def _client(self, limit: float) -> Client:
        return Client(settings.CRM_URL, settings.CRM_TOKEN, limit)


def _complaints(rows: Any, since: date, today: date) -> list[KnownComplaint]:
    """All of them or none: a list with one false line is not believed."""
    try:
        if not isinstance(rows, list) or len(rows) > MOST_COMPLAINTS:
            raise _Lie
        # A day ahead: it is already tomorrow in a Caf overseas.
        known = [_complaint(row, since, today + timedelta(days=1)) for row in rows]
        if len({complaint.reference for complaint in known}) != len(known):
            raise _Lie
    except (ValueError, KeyError, TypeError) as error:
        # Of the error, only its kind: its words could quote the answer.
        raise RegisterUnavailable(f"an answer not to be believed: {type(error).__name__}") from error
    return sorted(known, key=lambda complaint: complaint.made_on, reverse=True)


def _complaint(row: dict[str, Any], since: date, latest: date) -> KnownComplaint:
    made_on = date.fromisoformat(row["made_on"])
    answered_on = date.fromisoformat(row["answered_on"]) if row["answered_on"] is not None else None
    if not since <= made_on <= (answered_on or made_on) <= latest:
        raise _Lie
    reference, subject, channel = (_text(row[name], size) for name, size in SIZES.items())
    if not reference:
        raise _Lie
    return KnownComplaint(reference, subject, channel, made_on, answered_on)


def _text(value: Any, size: int) -> str:
    if not isinstance(value, str) or len(value) > size or not value.isprintable():
        raise _Lie
    return value.strip()
