"""Who may ask for a year of cases, who decides, and who takes the file away."""

from mediane.exports.models import Export
from mediane.journal.rules import Actor
from mediane.organisations.models import Role


def may_ask(actor: Actor) -> bool:
    return actor.kind == "staff"


def may_decide(actor: Actor, export: Export) -> bool:
    is_theirs = actor.organisation_id == export.organisation_id
    return actor.kind == "staff" and actor.role == Role.MEDIATOR and is_theirs


def may_take_away(actor: Actor, export: Export) -> bool:
    """Whoever asked, and the mediator who answers for it."""
    is_asker = actor.id == export.asked_by_id and actor.organisation_id == export.organisation_id
    return (actor.kind == "staff" and is_asker) or may_decide(actor, export)
