"""Who may: letters follow the rights of their case; how the service writes is the mediator’s to choose."""

from mediane.correspondence.models import LetterTemplate
from mediane.journal.rules import Actor
from mediane.organisations.models import Role


def may_read_library(actor: Actor) -> bool:
    return actor.kind in ("staff", "national")


def may_write_templates(actor: Actor) -> bool:
    return actor.role in (Role.MEDIATOR, Role.NATIONAL)


def may_change(actor: Actor, template: LetterTemplate) -> bool:
    """Of one’s own library: of one’s Caf, or national."""
    own = None if actor.kind == "national" else actor.organisation_id
    return may_write_templates(actor) and template.organisation_id == own


def may_approve(actor: Actor, template: LetterTemplate) -> bool:
    """Somebody else than who wrote it last, and than who submitted it."""
    authors = (template.saved_by_id, template.submitted_by_id)
    return may_change(actor, template) and actor.id not in authors


def may_choose_reading(actor: Actor, organisation_id: int) -> bool:
    return actor.kind == "staff" and actor.organisation_id == organisation_id and actor.role == Role.MEDIATOR
