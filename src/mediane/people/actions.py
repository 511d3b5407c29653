from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit.refusal import Refusal
from mediane.kit.text import fold
from mediane.organisations.models import Organisation
from mediane.people.models import Beneficiary
from mediane.people.queries import FoundPeople, beneficiary, of_number, people_like


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


class NumberTaken(Refusal):
    """Somebody of this Caf has this file number."""


@transaction.atomic
def look_for(*, text: str, by: Actor, at: datetime) -> FoundPeople:
    """Look among the people of one’s Caf. The journal keeps who was shown, never the words typed."""
    found = people_like(by.organisation_id, text)
    shown = " ".join(str(person.pk) for person in found.people)
    record(
        verb="search",
        subject=("people", str(found.by)),
        by=by,
        at=at,
        count=str(len(found.people)),
        shown=shown,
    )
    return found


@transaction.atomic
def pick(*, pk: int, by: Actor, at: datetime) -> Beneficiary | None:
    """Somebody of one’s Caf, chosen among those shown; the journal keeps that, too."""
    person = beneficiary(pk)
    if person is not None:
        record(verb="search", subject=("people", "chosen"), by=by, at=at, count="1", shown=str(pk))
    return person


@transaction.atomic
def introduce(*, identity: Identity, by: Actor, at: datetime) -> Beneficiary:
    """Write down somebody whom no Caf account has shown yet; signing in later completes it.

    :raises NumberTaken: who has the number is named.
    """
    values = _values(identity)
    try:
        with transaction.atomic():
            person = Beneficiary.objects.create(
                organisation_id=by.organisation_id, number=identity.number, **values
            )
    except IntegrityError:
        known = of_number(by.organisation_id, identity.number)
        if known is None:
            raise
        sentence = (
            f"Ce numéro est celui de {known.full_name} : choisissez cette personne ou corrigez le numéro"
        )
        raise NumberTaken(sentence) from None
    record(verb="introduce", subject=("person", str(person.pk)), by=by, at=at, beneficiary_id=person.pk)
    return person


@transaction.atomic
def recognise(*, identity: Identity) -> Beneficiary:
    """Find the beneficiary of a Caf account, or write it down; its contact follows the account."""
    organisation = Organisation.objects.get(code=identity.organisation_code)
    person, _ = Beneficiary.objects.update_or_create(
        organisation=organisation, number=identity.number, defaults=_values(identity)
    )
    return person


def _values(identity: Identity) -> dict[str, str]:
    return {
        "title": identity.title,
        "first_name": identity.first_name,
        "last_name": identity.last_name,
        "name_key": fold(f"{identity.last_name} {identity.first_name}"),
        "email": identity.email,
        "phone": identity.phone,
        "postal_address": identity.postal_address,
    }
