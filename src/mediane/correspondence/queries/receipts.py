"""The registration receipt of a request, by whatever door it came (CRPA R. 112-11-1)."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings

from mediane.casework.models import Case
from mediane.casework.rules.deadlines import Kind
from mediane.correspondence.paper import ReceiptSheet, ReceivedFile
from mediane.correspondence.queries.sheets import COPY, address_of
from mediane.kit import clock
from mediane.kit.french import NBSP, at_time, long_date, weekday_date, weight
from mediane.referrals.queries import documents_of

SOON = {
    Kind.ADMISSIBILITY: "{who} vous dit si votre demande peut être étudiée.",
    Kind.REPLY: "{who} vous répond, ou vous explique pourquoi il faut plus de temps.",
}
BY_POST_FOOT = (
    "Répondez par courrier à l’adresse ci-dessus.",
    "La médiation est gratuite et confidentielle.",
)


def receipt_sheet(case: Case) -> ReceiptSheet:
    """On paper: whoever sent it online has it in the follow-up space too, whoever wrote may have it alone."""
    caf, entered_at = case.organisation, case.referral.filed_at or case.received_at
    sheet = ReceiptSheet(
        service=(caf.name, "Service médiation", *caf.postal_address.splitlines()),
        address=address_of(case),
        place=caf.city or caf.department,
        date=long_date(clock.day_of(entered_at, caf.time_zone)),
        created=entered_at,
        reference=case.reference,
        beneficiary_number=case.beneficiary.number,
        demonstration=settings.DEMONSTRATION,
        received=received_in_words(case),
        service_name=f"Service médiation de {caf.of_name}",
        service_address=service_address(case),
        service_email=caf.email,
        service_phone=caf.phone,
        files=tuple(
            ReceivedFile(document.shown_name, weight(document.size), document.sha256)
            for document in documents_of(case.referral)
        ),
        next_steps=tuple(f"Avant le {weekday_date(on)}\u00a0: {words}" for on, words in coming(case)),
    )
    return replace(sheet, foot=BY_POST_FOOT) if _came_otherwise(case) else sheet


def receipt_copy(case: Case) -> ReceiptSheet:
    """The same for whoever acts under a mandate: the person may be hiding from them where she lives."""
    return replace(receipt_sheet(case), address=(case.beneficiary.polite_name, *COPY))


def received_in_words(case: Case) -> str:
    """« lundi 9 novembre 2026 à 14 h 41 »; by another door, the day is known and not the hour."""
    day = f"{weekday_date(case.received_on)}{NBSP}{case.received_on.year}"
    if _came_otherwise(case):
        return day
    return f"{day} à {at_time(case.received_at.astimezone(ZoneInfo(case.organisation.time_zone)))}"


def service_address(case: Case) -> tuple[str, ...]:
    caf = case.organisation
    return ("Service médiation", caf.name, *caf.postal_address.splitlines())


def coming(case: Case) -> list[tuple[date, str]]:
    """What comes next, by the dates the case carries."""
    due = {deadline.kind: deadline.due_on for deadline in case.deadlines.all()}
    who = case.organisation.mediator_title
    return [(due[kind], words.format(who=who)) for kind, words in SOON.items() if kind in due]


def _came_otherwise(case: Case) -> bool:
    return case.referral.received_on is not None
