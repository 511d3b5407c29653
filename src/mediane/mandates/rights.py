"""Who may: the person gives and takes back her own; the service registers what is proven, and ends it."""

from mediane.journal.rules import Actor
from mediane.mandates.models import Mandate, Scope
from mediane.people.models import Beneficiary


def may_give(actor: Actor, of: Beneficiary) -> bool:
    return actor.kind == "person" and actor.id == of.pk


def may_register(actor: Actor, of: Beneficiary) -> bool:
    return actor.kind == "staff" and actor.organisation_id == of.organisation_id


def may_revoke(actor: Actor, mandate: Mandate) -> bool:
    """A protection decided by a judge is neither taken back by the person nor given up online."""
    if actor.kind == "staff":
        return actor.organisation_id == mandate.organisation_id
    if mandate.scope == Scope.PROTECTION:
        return False
    if actor.kind == "mandate":
        return actor.id == mandate.pk
    return actor.kind == "person" and actor.id == mandate.beneficiary_id
