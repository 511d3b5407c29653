"""Who may: the report is the mediator’s, and the national one the national mediation’s."""

from mediane.journal.rules import Actor
from mediane.organisations.models import Role


def may_write(actor: Actor) -> bool:
    return actor.role in (Role.MEDIATOR, Role.NATIONAL)


def may_read(actor: Actor) -> bool:
    """Drafts, and the edition with every number."""
    return actor.kind in ("staff", "national")
