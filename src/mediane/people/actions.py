from dataclasses import dataclass

from django.db import transaction

from mediane.kit.text import fold
from mediane.organisations.models import Organisation
from mediane.people.models import Beneficiary


@dataclass(frozen=True)
class Identity:
    """What the Caf account says of the person who signs in."""

    organisation_code: str
    number: str
    title: str
    first_name: str
    last_name: str
    email: str = ""
    phone: str = ""
    postal_address: str = ""


@transaction.atomic
def recognise(*, identity: Identity) -> Beneficiary:
    """Find the beneficiary of a Caf account, or write it down; its contact follows the account."""
    organisation = Organisation.objects.get(code=identity.organisation_code)
    values = {
        "title": identity.title,
        "first_name": identity.first_name,
        "last_name": identity.last_name,
        "name_key": fold(f"{identity.last_name} {identity.first_name}"),
        "email": identity.email,
        "phone": identity.phone,
        "postal_address": identity.postal_address,
    }
    beneficiary, _ = Beneficiary.objects.update_or_create(
        organisation=organisation, number=identity.number, defaults=values
    )
    return beneficiary
