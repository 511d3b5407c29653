"""The letters on paper of one case, for its page: at no statement more."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from mediane.casework.models import Case, Posting

OF_ONE = (
    *("pk", "public_id", "kind", "name", "address", "letter", "title", "prepared_at", "prepared_by"),
    *("sent_at", "sent_by", "postage", "sent_on", "number", "sealed_to"),
    *("fate", "fate_on", "noted_by", "retold", "retold_at", "retold_by"),
)
MOMENTS = ("prepared_at", "sent_at", "retold_at")
DAYS = ("sent_on", "fate_on")


def postings_around() -> ArraySubquery:
    """For a statement that reads a case: newest first."""
    found = Posting.objects.filter(case=OuterRef("pk")).order_by("-pk")
    return ArraySubquery(found.values_list(JSONObject(**{name: name for name in OF_ONE})))


def postings_read(values: Iterable[dict[str, Any]], case: Case) -> list[Posting]:
    return [Posting(organisation_id=case.organisation_id, case=case, **_typed(one)) for one in values]


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    typed = values | {name: datetime.fromisoformat(text) for name in MOMENTS if (text := values[name])}
    typed |= {name: date.fromisoformat(text) for name in DAYS if (text := values[name])}
    if sealed := values["sealed_to"]:
        # Bytes come out of JSON in hexadecimal, after a prefix of two signs.
        typed["sealed_to"] = bytes.fromhex(sealed.removeprefix("\\x"))
    return typed
