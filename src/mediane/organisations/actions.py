from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from mediane.accounts.models import User
from mediane.journal.actions import record
from mediane.journal.rules import Actor, system
from mediane.kit import clock, rows, rowsecurity
from mediane.kit.french import long_date
from mediane.kit.refusal import Refusal
from mediane.organisations import rights
from mediane.organisations.models import OF_A_SERVICE, Membership, Opening, Organisation, Role
from mediane.organisations.queries import opening_of


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
    if organisation.is_national != (role == Role.NATIONAL) or role in OF_A_SERVICE:
        raise RoleNotHere(f"Ce rôle n’existe pas ici\u00a0: {organisation.name}.")
    with rowsecurity.working_for(rowsecurity.signin()):
        user, _ = User.objects.get_or_create(email=email.lower(), defaults={"full_name": full_name})
        membership, _ = Membership.objects.update_or_create(
            organisation=organisation, user=user, defaults={"role": role, "title": title, "service": ""}
        )
    _note_member(membership, user.email, by or system(organisation.pk), at)
    return membership


@transaction.atomic
def add_contact(
    *,
    organisation: Organisation,
    service: str,
    email: str,
    full_name: str,
    role: Role,
    title: str,
    at: datetime,
) -> Membership:
    """Give somebody the right to answer for a service of a Caf, as its contact or its head."""
    if role not in OF_A_SERVICE:
        raise RoleNotHere(f"Ce rôle n’est pas celui d’un service\u00a0: {role.label}.")
    with rowsecurity.working_for(rowsecurity.signin()):
        user, _ = User.objects.get_or_create(email=email.lower(), defaults={"full_name": full_name})
        membership, _ = Membership.objects.update_or_create(
            organisation=organisation, user=user, defaults={"role": role, "title": title, "service": service}
        )
    _note_member(membership, user.email, system(organisation.pk), at)
    return membership


def _note_member(membership: Membership, email: str, by: Actor, at: datetime) -> None:
    """Accounts are not read in the context of an organisation."""
    with rowsecurity.working_for(membership.organisation.context()):
        record(verb="add_member", subject=("member", email), by=by, at=at, role=membership.role)


class OpeningRefused(Refusal):
    """What has happened does not change, and two people do not decide of one Caf at once."""


@transaction.atomic
def decide_opening(
    *,
    organisation: Organisation,
    phase: int,
    online_from: date | None,
    because: str = "",
    seen_rank: int | None = None,
    by: Actor,
    at: datetime,
) -> Opening:
    """Say from which day to come a Caf opens the online procedure, or that the day is not known yet.

    :raises OpeningRefused: if the Caf is open, if the day is not to come, or if somebody decided meanwhile.
    """
    if not rights.may_roll_out(by):
        raise PermissionDenied
    last = opening_of(organisation.pk)
    _require_to_come(last, online_from, clock.day_of(at, organisation.time_zone), seen_rank)
    decided = Opening(
        organisation=organisation,
        rank=last.rank + 1,
        phase=phase,
        online_from=online_from,
        because=because,
        decided_at=at,
        decided_by=by.name,
    )
    try:
        with transaction.atomic():
            rows.add(decided)
    except IntegrityError:
        # One of two waited for the other here.
        raise _decided_meanwhile(opening_of(organisation.pk)) from None
    _note(decided, by, at)
    return decided


def _note(decided: Opening, by: Actor, at: datetime) -> None:
    day = decided.online_from.isoformat() if decided.online_from else ""
    subject = ("organisation", decided.organisation.code)
    record(verb="decide_opening", subject=subject, by=by, at=at, phase=str(decided.phase), online_from=day)


def _require_to_come(last: Opening, online_from: date | None, today: date, seen_rank: int | None) -> None:
    if seen_rank is not None and seen_rank != last.rank:
        raise _decided_meanwhile(last)
    if last.is_online(today):
        raise OpeningRefused(
            "La téléprocédure est déjà ouverte dans cette Caf\u00a0: sa date ne change plus."
        )
    if online_from is not None and online_from <= today:
        raise OpeningRefused("Choisissez un jour à venir\u00a0: une Caf n’ouvre pas dans le passé.")


def _decided_meanwhile(last: Opening) -> OpeningRefused:
    day = f"ouverture le {long_date(last.online_from)}" if last.online_from else "sans date d’ouverture"
    return OpeningRefused(f"{last.decided_by} a décidé entre-temps\u00a0: {last.get_phase_display()}, {day}.")
