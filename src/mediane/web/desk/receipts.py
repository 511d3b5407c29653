"""The registration receipt of a request that the service entered: what the page and the paper say."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings

from mediane.casework.models import Case
from mediane.casework.rules.deadlines import Kind
from mediane.catalogue.models import Channel
from mediane.catalogue.queries import every
from mediane.correspondence.paper import ReceiptSheet, ReceivedFile
from mediane.documents.models import Document
from mediane.kit import clock
from mediane.kit.french import NBSP, long_date, weekday_date
from mediane.notifications.queries import wishes_of
from mediane.referrals.queries import safe_contact_of

COMING = (
    (
        Kind.ACKNOWLEDGEMENT,
        "Accuser réception",
        "le service vous confirme que votre demande est prise en charge.",
    ),
    (
        Kind.ADMISSIBILITY,
        "Décider la recevabilité",
        "le service vous dit si votre demande peut être étudiée.",
    ),
    (Kind.REPLY, "Répondre", "le service vous répond, ou vous explique pourquoi il faut plus de temps."),
)
BY_POST_FOOT = (
    "Répondez par courrier à l’adresse ci-dessus.",
    "La médiation est gratuite et confidentielle.",
)


def words_of(case: Case) -> dict[str, Any]:
    """What the page says once it is registered."""
    today, due = clock.today(case.organisation.time_zone), _due(case)
    dues = [
        {"label": label, "value": f"Au plus tard le {weekday_date(due[kind])}{NBSP}{due[kind].year}",
         "note": "Cette date est déjà passée." if due[kind] < today else ""}
        for kind, label, _ in COMING
        if kind in due
    ]  # fmt: skip
    return {
        "dues": dues,
        "received": _long(case.received_on),
        "entered": _long(
            clock.day_of(case.referral.filed_at or case.received_at, case.organisation.time_zone)
        ),
        "channel": every(Channel)[case.channel].label,
        "sent_by": _sent_by(case),
    }


def sheet_of(case: Case, joined: Sequence[Document]) -> ReceiptSheet:
    """The receipt on paper, with what CRPA R. 112-11-1 asks for: day, service, how to reach it."""
    caf, person, due = case.organisation, case.beneficiary, _due(case)
    address = safe_contact_of(case.referral).get("address") or person.postal_address
    entered_at = case.referral.filed_at or case.received_at
    return ReceiptSheet(
        service=(caf.name, "Service médiation", *caf.postal_address.splitlines()),
        address=(person.polite_name, *address.splitlines()),
        place=caf.city or caf.department,
        date=long_date(clock.day_of(entered_at, caf.time_zone)),
        created=entered_at,
        reference=case.reference,
        beneficiary_number=person.number,
        demonstration=settings.DEMONSTRATION,
        received=_long(case.received_on),
        service_name=f"Service médiation de {caf.of_name}",
        service_address=("Service médiation", caf.name, *caf.postal_address.splitlines()),
        service_email=caf.email,
        service_phone=caf.phone,
        files=tuple(ReceivedFile(one.shown_name, _weight(one.size), one.sha256) for one in joined),
        next_steps=tuple(
            f"Avant le {weekday_date(due[kind])}\u00a0: {words}" for kind, _, words in COMING if kind in due
        ),
        foot=BY_POST_FOOT,
    )


def _due(case: Case) -> dict[str, date]:
    return {deadline.kind: deadline.due_on for deadline in case.deadlines.all()}


def _long(on: date) -> str:
    return f"{weekday_date(on)}{NBSP}{on.year}"


def _sent_by(case: Case) -> str:
    wishes = wishes_of(case.beneficiary, case.referral)
    if wishes.address and wishes.receipt_by_email:
        return f"L’accusé part par courriel à {wishes.address}, et il est dans l’espace de suivi."
    return "L’accusé est dans l’espace de suivi. Aucun courriel ne part\u00a0: imprimez-le pour le poster."


def _weight(size: int) -> str:
    if size < 1_000_000:
        return f"{max(round(size / 1000), 1)}{NBSP}ko"
    return f"{size / 1_000_000:.1f}{NBSP}Mo".replace(".", ",")
