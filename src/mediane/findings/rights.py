"""Who may: the mediator finds and proposes; the service joins what shows it, and notes what became of it."""

from mediane.findings.models import Finding
from mediane.journal.rules import Actor
from mediane.organisations.models import Role


def may_find(actor: Actor) -> bool:
    return actor.kind == "staff" and actor.role == Role.MEDIATOR


def may_propose(actor: Actor, finding: Finding) -> bool:
    return may_find(actor) and actor.organisation_id == finding.organisation_id


def may_work_on(actor: Actor, finding: Finding) -> bool:
    return actor.kind == "staff" and actor.organisation_id == finding.organisation_id
