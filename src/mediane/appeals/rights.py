"""Who may: whoever works on a case notes days; a mediator answers for what beneficiaries are shown."""

from mediane.journal.rules import Actor
from mediane.organisations.models import Role


def may_sign_off(actor: Actor) -> bool:
    """The mediator for the Caf; the national mediation for the Cafs that said nothing."""
    return actor.kind == "national" or (actor.kind == "staff" and actor.role == Role.MEDIATOR)
