"""Who may: letters follow the rights of their case; how the service writes is the mediator’s to choose."""

from mediane.journal.rules import Actor
from mediane.organisations.models import Role


def may_choose_reading(actor: Actor, organisation_id: int) -> bool:
    return actor.kind == "staff" and actor.organisation_id == organisation_id and actor.role == Role.MEDIATOR
