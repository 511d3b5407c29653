"""Who follows what the register is told: the mediator, whose cases these are."""

from mediane.journal.rules import Actor
from mediane.organisations.models import Role


def may_follow_register(actor: Actor, organisation_id: int) -> bool:
    return actor.kind == "staff" and actor.organisation_id == organisation_id and actor.role == Role.MEDIATOR
