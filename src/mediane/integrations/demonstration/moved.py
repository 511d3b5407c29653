"""People of Paris moved: one case has arrived in Tarn-et-Garonne, one is to be checked, one did not pass."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from mediane.casework.actions import Departure
from mediane.casework.models import Case
from mediane.casework.states import WhyTransferred
from mediane.integrations.demonstration.cast import address, phone
from mediane.integrations.demonstration.story import Service, tell
from mediane.kit import rowsecurity
from mediane.organisations.models import Organisation
from mediane.organisations.queries import team_of
from mediane.people.actions import Identity
from mediane.transfers import actions
from mediane.transfers.models import Parcel

FROM, TO = "75", "82"
# Each with what was done in Paris, the number given for the other Caf, and when it was sent: long enough
# ago for the notices to be of the past. The last number is Awa Traoré’s, typed for somebody else’s.
MOVING: tuple[tuple[str, str, str, dict[str, Any], str, timedelta], ...] = (
    (
        *("Madame", "Maëlle", "Roussel"),
        {"plot": "admitted", "topic": "apl_overpayment", "age": 20},
        *("8240117", timedelta(days=6)),
    ),
    (
        *("Monsieur", "Idriss", "Fontaine"),
        {"plot": "taken", "topic": "apl_receipts", "age": 12},
        *("3307154", timedelta(days=4)),
    ),
    (
        *("Madame", "Bérénice", "Aubertin"),
        {"plot": "taken", "topic": "apl_receipts", "age": 9},
        *("8240118", timedelta(days=3)),
    ),
)
NOT_PASSED = "8240118"
# What becomes of them is told in the turn of the other Caf, days ago: nothing else happens to them since.
LEAVING = [last_name for _, _, last_name, *_ in MOVING]


def move(service: Service) -> None:
    """Told in the turn of the first Caf, sent in the turn of the second."""
    if service.caf.code == FROM:
        for rank, (title, first_name, last_name, plan, _, _) in enumerate(MOVING):
            apart = replace(service, chance=Random(f"moved {rank}"))  # noqa: S311 — nothing secret is drawn
            tell(apart, _identity(title, first_name, last_name), plan)
    elif service.caf.code == TO:
        _send(service)


def _send(service: Service) -> None:
    paris = Organisation.objects.get(code=FROM)
    sent: list[tuple[int, str, datetime]] = []
    with rowsecurity.working_for(rowsecurity.staff(paris.pk)):
        by = next(member.as_actor() for member in team_of(paris.pk) if member.role == "OFFICER")
        for title, first_name, last_name, _, number, ago in MOVING:
            known = _identity(title, first_name, last_name).number
            case = Case.objects.select_related("beneficiary", "referral", "key").get(
                organisation=paris, beneficiary__number=known
            )
            at = service.now - ago
            departure = Departure(
                to=service.caf,
                number=number,
                reason=WhyTransferred.MOVED,
                moved_on=(at - timedelta(days=12)).date(),
            )
            parcel = actions.send(case=case, departure=departure, by=by, at=at)
            actions.pack(parcel=parcel, at=at)
            sent.append((parcel.pk, number, at))
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        for pk, number, at in sent:
            parcel = Parcel.objects.get(pk=pk)
            if number == NOT_PASSED:
                _give_up(parcel, at)
            else:
                actions.take_in(parcel=parcel, at=at + timedelta(minutes=1))


def _give_up(parcel: Parcel, at: datetime) -> None:
    """Its tries came to nothing; « Réessayer » opens it."""
    while actions.count_try(parcel=parcel, is_packed=True, at=at):
        at += timedelta(hours=2)


def _identity(title: str, first_name: str, last_name: str) -> Identity:
    name = f"{first_name} {last_name}"
    number = str(9_100_000 + len(name) * 1_117)
    return Identity(
        organisation_code=FROM,
        number=number,
        title=title,
        first_name=first_name,
        last_name=last_name,
        email=f"{address(name)}@courriel.invalid",
        phone=phone(int(number)),
        postal_address=f"1{len(name)} rue des Genêts-Blancs\n75011 Paris",
    )
