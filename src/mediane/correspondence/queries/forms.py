"""The request to be filled by hand, for one Caf: its address, its delays, the benefits of the day."""

from datetime import UTC, date, datetime

from django.conf import settings

from mediane.casework.queries.targets import targets_of
from mediane.casework.rules.deadlines import UNIT_WORDS, Kind, target_on
from mediane.catalogue.models import Benefit
from mediane.catalogue.queries import in_force
from mediane.correspondence.paper import FormSheet
from mediane.eligibility.queries import policy_on
from mediane.kit.french import NBSP, contracted, count, number_in_words
from mediane.organisations.models import Organisation

# The day its words last changed dates the file: the same words, the same bytes.
EDITION = datetime(2026, 11, 23, tzinfo=UTC)
ADDRESS_MISSING = "Adresse\u00a0: voir caf.fr ou l’accueil"
ATTACH = (
    "la décision que vous contestez\u00a0;",
    "votre réclamation, et la réponse de la Caf\u00a0;",
    "ce qui montre votre situation.",
)
KEEP = "Gardez les originaux. Si un papier manque, envoyez quand même."


def form_sheet(caf: Organisation, today: date) -> FormSheet:
    """What is printed for a Caf; an address that is not known says where to find it."""
    address = caf.postal_address.splitlines() or [ADDRESS_MISSING]
    offered = [benefit.short for benefit in in_force(Benefit, today) if benefit.is_offered]
    _, policy = policy_on(today)
    months = number_in_words(policy.waiting_months)
    return FormSheet(
        service=_sender(caf),
        address=("Service médiation", caf.name, *address),
        created=EDITION,
        demonstration=settings.DEMONSTRATION,
        lead=(
            f"Vous avez déjà réclamé auprès de {caf.of_name}, et sa réponse ne vous convient pas ou n’est pas"
            f" venue depuis {months} mois. Remplissez ces deux pages au stylo et postez-les."
        ),
        benefits=(*offered, "Autre"),
        attach=(*ATTACH, KEEP),
        after=_after(caf, today),
    )


def _sender(caf: Organisation) -> tuple[str, ...]:
    by_phone = [f"Aide pour remplir{NBSP}: {caf.phone}"] if caf.phone else []
    return (caf.name, "Service médiation", *by_phone)


def _after(caf: Organisation, today: date) -> tuple[str, ...]:
    who = caf.mediator_title
    confirmed = _delay(caf, Kind.ACKNOWLEDGEMENT, today)
    replied = _delay(caf, Kind.REPLY, today)
    return (
        "Vous recevez par la poste un accusé, avec une référence et un code"
        f" pour suivre votre demande sans compte{confirmed}.",
        f"Une lettre {contracted('de', who)} dit si votre demande peut être étudiée"
        f"{_delay(caf, Kind.ADMISSIBILITY, today)}.",
        f"La réponse vient par la poste{replied}, ou une lettre explique pourquoi il faut plus de temps.",
    )


def _delay(caf: Organisation, kind: Kind, today: date) -> str:
    """« , sous 10 jours ouvrés », by the targets of the day."""
    target = target_on(targets_of(caf.pk), kind, today)
    return f", sous {count(target.amount, *UNIT_WORDS[target.unit])}" if target else ""
