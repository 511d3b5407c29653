"""Who may keep a view, work on many cases at once, and steer what somebody began."""

from mediane.journal.rules import Actor
from mediane.organisations.models import Role
from mediane.worklists.models import Operation, SavedView


def may_keep(actor: Actor) -> bool:
    """A desk of one’s own: whoever works on cases."""
    return actor.kind == "staff"


def may_change(actor: Actor, view: SavedView) -> bool:
    """Whoever made it; the mediator too, once everybody uses it."""
    if actor.kind != "staff" or actor.organisation_id != view.organisation_id:
        return False
    return actor.id == view.owner_id or (view.is_shared and actor.role == Role.MEDIATOR)


def may_ask(actor: Actor) -> bool:
    return actor.kind == "staff"


def may_steer(actor: Actor, operation: Operation) -> bool:
    """Stop it, undo it: whoever asked for it, in whose name it is done."""
    is_theirs = actor.organisation_id == operation.organisation_id and actor.id == operation.asked_by_id
    return actor.kind == "staff" and is_theirs


def may_take_away(actor: Actor, operation: Operation) -> bool:
    """Whoever asked, and the mediator who answers for what leaves."""
    is_of_caf = actor.kind == "staff" and actor.organisation_id == operation.organisation_id
    return may_steer(actor, operation) or (is_of_caf and actor.role == Role.MEDIATOR)
