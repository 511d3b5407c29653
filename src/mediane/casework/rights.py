"""Who may: the service sees and works on the cases of its Caf; the mediator alone decides and signs."""

from django.core.exceptions import PermissionDenied

from mediane.casework.models import Case, FinancialEffect
from mediane.journal.rules import Actor
from mediane.organisations.models import Role


def may_work_on(actor: Actor, case: Case) -> bool:
    return actor.kind == "staff" and actor.organisation_id == case.organisation_id


def may_decide(actor: Actor, case: Case) -> bool:
    """Admissibility and signature are the mediator’s (CSS L.217-7-1)."""
    return may_work_on(actor, case) and actor.role == Role.MEDIATOR


def may_act_for_oneself(actor: Actor, case: Case) -> bool:
    """By oneself, or by whoever holds a mandate; the database sees to it that the mandate runs."""
    return actor.kind in ("person", "mandate") and actor.beneficiary_id == case.beneficiary_id


def may_validate(actor: Actor, effect: FinancialEffect) -> bool:
    """Anybody else of the Caf, its head too: a mediator may be alone. The verb refuses its author."""
    return actor.kind in ("staff", "head") and actor.organisation_id == effect.organisation_id


def may_see_loads(actor: Actor) -> bool:
    """Who carries how much is for whoever shares out the work, and for nobody outside of the service."""
    return actor.kind == "staff" and actor.role == Role.MEDIATOR


def may_say_how_to_reach(actor: Actor, beneficiary_id: int) -> bool:
    """The person alone: whoever holds a mandate of hers may be whom she hides from."""
    return actor.kind == "person" and actor.id == beneficiary_id


def require(answer: bool) -> None:
    """:raises PermissionDenied: when a right is missing; no screen proposes what is not allowed."""
    if not answer:
        raise PermissionDenied
