"""Who may: the service notes days; a mediator answers for what beneficiaries are shown."""

from mediane.casework.models import Case
from mediane.journal.rules import Actor
from mediane.organisations.models import Role


def may_note(actor: Actor, case: Case) -> bool:
    return actor.kind == "staff" and actor.organisation_id == case.organisation_id


def may_sign_off(actor: Actor) -> bool:
    """The mediator for the Caf; the national mediation for the Cafs that said nothing."""
    return actor.kind == "national" or (actor.kind == "staff" and actor.role == Role.MEDIATOR)
