"""What the page says of a request that the service entered, once it is registered."""

from datetime import date
from typing import Any

from mediane.casework.models import Case
from mediane.casework.queries.postings import waiting_receipt
from mediane.casework.queries.reaching import reaching
from mediane.casework.rules.counting import FROM_ANOTHER_CAF
from mediane.casework.rules.deadlines import Kind
from mediane.catalogue.models import Channel
from mediane.catalogue.queries import every
from mediane.correspondence.queries import received_in_words
from mediane.kit import clock
from mediane.kit.french import NBSP, weekday_date
from mediane.notifications.queries import wishes_of
from mediane.referrals.rules import postal_address

THE_PERSON = "BENEFICIARY"
LABELS = {
    Kind.ACKNOWLEDGEMENT: "Accuser réception",
    Kind.ADMISSIBILITY: "Décider la recevabilité",
    Kind.REPLY: "Répondre",
}

ON_PAPER = (
    "L’accusé est à poster\u00a0: imprimez-le, puis marquez-le envoyé. Jusque-là, il reste à faire, "
    "dans le courrier à imprimer."
)


def came_from_somebody(case: Case) -> bool:
    """Whether somebody else than the person addressed the request."""
    return case.origin not in (THE_PERSON, FROM_ANOTHER_CAF)


def words_of(case: Case) -> dict[str, Any]:
    """What the page says once it is registered."""
    today, due = clock.today(case.organisation.time_zone), _due(case)
    posting = waiting_receipt(case)
    dues = [
        {"label": label, "value": f"Au plus tard le {weekday_date(due[kind])}{NBSP}{due[kind].year}",
         "note": "Cette date est déjà passée." if due[kind] < today else ""}
        for kind, label in LABELS.items()
        if kind in due
    ]  # fmt: skip
    return {
        "dues": dues,
        "received": received_in_words(case),
        "entered": _long(
            clock.day_of(case.referral.filed_at or case.received_at, case.organisation.time_zone)
        ),
        "channel": every(Channel)[case.channel].label,
        "posting": posting,
        "sent_by": ON_PAPER if posting else _sent_by(case),
    }


def _due(case: Case) -> dict[str, date]:
    return {deadline.kind: deadline.due_on for deadline in case.deadlines.all()}


def _long(on: date) -> str:
    return f"{weekday_date(on)}{NBSP}{on.year}"


def _sent_by(case: Case) -> str:
    wishes = wishes_of(case.beneficiary, case.referral)
    if wishes.address and wishes.receipt_by_email:
        return f"L’accusé part par courriel à {wishes.address}, et il est dans l’espace de suivi."
    said = reaching(case)
    if said.is_secret and not postal_address(said.contact, said.account.get("address", "")):
        return "L’accusé est dans l’espace de suivi. Aucun courriel ne part, et aucune lettre par la poste."
    return "L’accusé est dans l’espace de suivi. Aucun courriel ne part."
