"""Who may: the mediation asks and follows; somebody of the service asked answers, and nobody else."""

from django.core.exceptions import PermissionDenied

from mediane.consultations.models import Consultation
from mediane.journal.rules import Actor


def may_follow(actor: Actor, consultation: Consultation) -> bool:
    return actor.kind == "staff" and actor.organisation_id == consultation.organisation_id


def may_answer(actor: Actor, consultation: Consultation) -> bool:
    return (
        actor.kind == "service"
        and actor.organisation_id == consultation.organisation_id
        and actor.service == consultation.service
    )


def may_chase(actor: Actor, consultation: Consultation) -> bool:
    """The house, because time passed."""
    return actor.kind == "system" and actor.organisation_id == consultation.organisation_id


def require(answer: bool) -> None:
    """:raises PermissionDenied: when a right is missing; no screen proposes what is not allowed."""
    if not answer:
        raise PermissionDenied
