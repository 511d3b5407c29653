"""Who a session belongs to: one person, one representative, or one member of staff, never two of them."""

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from mediane.casework.actions import end_follow_codes
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, rowsecurity
from mediane.mandates.rules import account_of
from mediane.organisations.models import Membership
from mediane.people.models import Beneficiary
from mediane.web import gate


def sign_in_person(request: HttpRequest, beneficiary: Beneficiary) -> None:
    """Begin the session of a person; whatever session there was ends."""
    actor = beneficiary.as_actor()
    _begin_again(request, gate.PERSON, beneficiary.pk)
    with rowsecurity.working_for(rowsecurity.person(beneficiary.pk)):
        _write_down(actor, beneficiary_id=beneficiary.pk)
        end_follow_codes(of=beneficiary, at=clock.now())


def sign_in_representative(request: HttpRequest, *, email: str, name: str) -> None:
    """Begin the session of somebody who speaks for others. The address must be one they were proven to read.

    Nothing is journaled yet: no Caf is concerned before they choose a person.
    """
    _begin_again(request, gate.REPRESENTATIVE, [str(account_of(email, name)), None])


def sign_in_staff(request: HttpRequest, membership: Membership) -> None:
    """Begin the session of a member of staff in one organisation; whatever session there was ends."""
    _begin_again(request, gate.MEMBER, [membership.user_id, membership.organisation_id])
    with rowsecurity.working_for(membership.organisation.context()):
        _write_down(membership.as_actor())


def end(request: HttpRequest) -> None:
    request.session.flush()
    rotate_token(request)


def _begin_again(request: HttpRequest, key: str, value: object) -> None:
    # A new key: one fixed by somebody else beforehand opens nothing.
    end(request)
    request.session[key] = value


def _write_down(actor: Actor, beneficiary_id: int | None = None) -> None:
    record(verb="sign_in", subject=("session", ""), by=actor, at=clock.now(), beneficiary_id=beneficiary_id)
