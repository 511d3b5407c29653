from datetime import datetime

from django.db import transaction

from mediane.accounts.models import User
from mediane.journal.actions import record
from mediane.journal.rules import Actor, system
from mediane.kit import rowsecurity
from mediane.kit.refusal import Refusal
from mediane.organisations.models import Membership, Organisation, Role


class RoleNotHere(Refusal):
    """The national role is held at the Cnaf, and it is the only one held there."""


@transaction.atomic
def add_member(
    *,
    organisation: Organisation,
    email: str,
    full_name: str,
    role: Role,
    title: str,
    at: datetime,
    by: Actor | None = None,
) -> Membership:
    """Give somebody the right to work in an organisation; a person already known keeps one account."""
    if organisation.is_national != (role == Role.NATIONAL):
        raise RoleNotHere(f"Ce rôle n’existe pas ici\u00a0: {organisation.name}.")
    with rowsecurity.working_for(rowsecurity.signin()):
        user, _ = User.objects.get_or_create(email=email.lower(), defaults={"full_name": full_name})
        membership, _ = Membership.objects.update_or_create(
            organisation=organisation, user=user, defaults={"role": role, "title": title}
        )
    with rowsecurity.working_for(organisation.context()):
        record(
            verb="add_member",
            subject=("member", user.email),
            by=by or system(organisation.pk),
            at=at,
            role=role,
        )
    return membership
