"""Who may bring earlier years in: figures of a Caf answer for its mediator."""

from mediane.journal.rules import Actor
from mediane.organisations.models import Role


def may_import(actor: Actor) -> bool:
    return actor.kind == "staff" and actor.role == Role.MEDIATOR
