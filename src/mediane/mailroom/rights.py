"""Who may sort the mail of a Caf: those who work there, and the house for what is certain."""

from mediane.journal.rules import Actor
from mediane.organisations.models import Role


def may_sort(actor: Actor, organisation_id: int) -> bool:
    return actor.kind in ("staff", "system") and actor.organisation_id == organisation_id


def may_choose_policy(actor: Actor, organisation_id: int) -> bool:
    """Opening or closing a way in is the mediator’s."""
    return actor.kind == "staff" and actor.organisation_id == organisation_id and actor.role == Role.MEDIATOR
