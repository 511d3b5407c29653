import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from mediane.documents.queries import opened
from mediane.kit import clock, sealing
from mediane.mandates.models import Kind, Mandate, Representative, Scope
from mediane.mandates.rules import CONTACT, State, Term, state_of
from mediane.organisations.queries import by_id

MOST = 12  # shown of one person


def mandates_of(beneficiary_id: int) -> QuerySet[Mandate]:
    """Every mandate over somebody, newest first, within what the context may see.

    The keys are not read with them: those of what the service registered are its own.
    """
    known = Mandate.objects.select_related("representative", "proof")
    return known.filter(beneficiary_id=beneficiary_id).order_by("-given_at", "-pk")


def mandate_of(beneficiary_id: int, public_id: UUID) -> Mandate | None:
    return mandates_of(beneficiary_id).filter(public_id=public_id).first()


def standing_over(beneficiary_id: int, *, file_key: int, day: date) -> QuerySet[Mandate]:
    """Those that run, or will, over what is sealed with a key: whole ones, and those of that request."""
    standing = mandates_of(beneficiary_id).select_related("proof__key").filter(revoked_at=None)
    return standing.filter(Q(ends_on=None) | Q(ends_on__gte=day), Q(file_key=None) | Q(file_key=file_key))


@dataclass(frozen=True)
class Line:
    """A mandate as the page of a case lists it."""

    public_id: str
    name: str
    kind: str
    structure: str
    scope: str
    file_reference: str
    judged_on: date | None
    starts_on: date
    ends_on: date | None
    revoked_at: datetime | None
    revoked_by: str
    proof: str | None
    is_given_online: bool

    def state_on(self, day: date) -> State:
        return state_of(Term(self.starts_on, self.ends_on, self.revoked_at is not None), day)

    @property
    def kind_label(self) -> str:
        return Kind(self.kind).label

    @property
    def is_protection(self) -> bool:
        return self.scope == Scope.PROTECTION


def lines_of(beneficiary: OuterRef) -> ArraySubquery:
    """The mandates over the person of a row, newest first, read with that row."""
    here = ("public_id", "scope", "file_reference", "judged_on", "starts_on", "ends_on", "revoked_at",
            "revoked_by", "is_given_online")  # fmt: skip
    around = {name: f"representative__{name}" for name in ("name", "kind", "structure")}
    line = JSONObject(**{name: name for name in here}, **around, proof="proof__public_id")
    known = Mandate.objects.filter(beneficiary=beneficiary).order_by("-given_at", "-pk")
    return ArraySubquery(known.values_list(line)[:MOST])


def read_lines(rows: list[dict[str, Any]]) -> list[Line]:
    dates = ("judged_on", "starts_on", "ends_on")
    return [
        Line(**row | {name: row[name] and date.fromisoformat(row[name]) for name in dates}
             | {"revoked_at": row["revoked_at"] and datetime.fromisoformat(row["revoked_at"])})
        for row in rows
    ]  # fmt: skip


def held() -> list[Mandate]:
    """The mandates that the account of the context holds and that run now, by name of the person."""
    holding = Mandate.objects.select_related("representative", "beneficiary").filter(revoked_at=None)
    running = [mandate for mandate in holding if _runs(mandate)]
    return sorted(running, key=lambda mandate: (mandate.beneficiary.name_key, mandate.pk))


def running(mandate_id: int, *, is_written: bool) -> Mandate | None:
    """A mandate of the context's account, if it runs now.

    Of who takes it back and who sends something under it, one waits here until the other is done.
    """
    rows = Mandate.objects.select_related("representative", "beneficiary").filter(pk=mandate_id)
    if is_written:
        # Held first, alone: a joined read may have begun before the other's commit.
        for _ in Mandate.objects.raw("SELECT id FROM mandates_mandate WHERE id = %s FOR SHARE", [mandate_id]):
            pass
    mandate = rows.filter(revoked_at=None).first()
    return mandate if mandate is not None and _runs(mandate) else None


def _runs(mandate: Mandate) -> bool:
    today = clock.today(by_id(mandate.organisation_id).time_zone)
    return mandate.state_on(today) is State.RUNNING


def contact_of(representative: Representative) -> dict[str, str]:
    """How to reach them, unsealed: email, phone, address."""
    key = opened(representative.key)
    contact: dict[str, str] = json.loads(sealing.unseal(bytes(representative.contact), key, context=CONTACT))
    return contact
