"""Who may: one declares one’s own absence, the mediator that of a référente too; notices are one’s own."""

from collections.abc import Iterable

from mediane.attendance.models import Absence
from mediane.journal.rules import Actor
from mediane.organisations.models import Membership, Role


def may_declare(actor: Actor, member: Membership) -> bool:
    is_ours = actor.kind == "staff" and actor.organisation_id == member.organisation_id
    return is_ours and (
        member.user_id == actor.id or (actor.role == Role.MEDIATOR and member.role == Role.OFFICER)
    )


def may_change(actor: Actor, absence: Absence, team: Iterable[Membership]) -> bool:
    """Whoever might declare it; one who left the service declares nothing, the mediator does."""
    return any(member.user_id == absence.member_id and may_declare(actor, member) for member in team)


def may_be_seen(actor: Actor) -> bool:
    return actor.kind == "staff"


def may_choose_notices(actor: Actor) -> bool:
    return actor.kind == "staff"
