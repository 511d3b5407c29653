import json
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from mediane.documents import actions as documents
from mediane.documents.models import Document, SealingKey
from mediane.documents.queries import opened
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, rows, sealing
from mediane.kit.french import long_date
from mediane.kit.refusal import Refusal
from mediane.mandates import rights
from mediane.mandates.models import Mandate, Representative, Scope
from mediane.mandates.rules import CONTACT, State, account_of, refused_dates
from mediane.organisations.queries import by_id
from mediane.people.models import Beneficiary


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who will speak for the person. The address and the name are those they sign in with."""

    kind: str
    name: str
    email: str
    structure: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is agreed, or judged. `file` is the key and the reference of the only request it is about."""

    to: Speaker
    scope: str
    starts_on: date
    ends_on: date | None = None
    file: tuple[SealingKey, str] | None = None
    judged_on: date | None = None
    court: str = ""


class NotAgreed(Refusal):
    """Dates that cannot be, or somebody who may already act."""


class AlreadyOver(Refusal):
    """A mandate ends once."""


@transaction.atomic
def give(*, of: Beneficiary, terms: Terms, by: Actor, at: datetime) -> Mandate:
    """Let somebody act for oneself.

    :raises NotAgreed: for dates that cannot be, or somebody who may already act.
    """
    if not rights.may_give(by, of) or terms.scope == Scope.PROTECTION:
        raise PermissionDenied
    # Hers to open: what she typed of them is sealed for her and the service.
    key = documents.new_sealing_key(organisation_id=of.organisation_id, beneficiary_id=of.pk)
    return _write("give_mandate", of, terms, (key, None), by=by, at=at)


@transaction.atomic
def register(*, of: Beneficiary, terms: Terms, proof: tuple[str, bytes], by: Actor, at: datetime) -> Mandate:
    """Write down a mandate given on paper, or a judgment, with its proof.

    :raises NotAgreed: for dates that cannot be, or somebody who may already act.
    :raises documents.rules.FileRefused: with the reason and what to do.
    """
    if not rights.may_register(by, of):
        raise PermissionDenied
    # The service's alone: a judgment is nobody else's reading.
    key = documents.new_sealing_key(organisation_id=of.organisation_id, beneficiary_id=None)
    name, data = proof
    kept = documents.deposit(name=name, data=data, position=1, key=key, by=by, at=at)
    return _write("register_mandate", of, terms, (key, kept), by=by, at=at)


@transaction.atomic
def revoke(*, mandate: Mandate, by: Actor, at: datetime) -> None:
    """End a mandate now: whoever acts under it is stopped at their next request.

    :raises AlreadyOver: if it ended before; says since when.
    """
    if not rights.may_revoke(by, mandate):
        raise PermissionDenied
    rows.hold(mandate, keep=("organisation", "beneficiary", "representative", "proof"))
    zone = by_id(mandate.organisation_id).time_zone
    if mandate.state_on(clock.day_of(at, zone)) in (State.REVOKED, State.OVER):
        ended_on = clock.day_of(mandate.revoked_at, zone) if mandate.revoked_at else mandate.ends_on
        since = f" le {long_date(ended_on)}" if ended_on else ""
        raise AlreadyOver(f"Ce mandat a déjà pris fin{since}.")
    # Before it is over: under it, nothing could be written after.
    _journal("revoke_mandate", mandate, by, at)
    mandate.revoked_at, mandate.revoked_by = at, by.name
    rows.change(mandate, ("revoked_at", "revoked_by"))


def _write(
    verb: str,
    of: Beneficiary,
    terms: Terms,
    sealed: tuple[SealingKey, Document | None],
    *,
    by: Actor,
    at: datetime,
) -> Mandate:
    """`sealed` is the key of this mandate, and its proof."""
    today = clock.day_of(at, by_id(of.organisation_id).time_zone)
    if refusal := refused_dates(terms.starts_on, terms.ends_on, today):
        raise NotAgreed(refusal)
    speaker = _known(of, terms.to) or _introduced(of, terms.to, sealed[0])
    twice = f"{speaker.name} peut déjà agir pour {of.full_name}."
    mandate = _new(speaker, terms, sealed[1])
    alike = Mandate.objects.filter(
        representative=speaker, scope=mandate.scope, file_key_id=mandate.file_key_id
    )
    if alike.running_on(today).exists():
        raise NotAgreed(twice)
    mandate.beneficiary, mandate.given_at, mandate.given_by = of, at, by.name
    try:
        with transaction.atomic():
            mandate.save(force_insert=True)
    except IntegrityError:
        raise NotAgreed(twice) from None
    _journal(verb, mandate, by, at)
    return mandate


def _new(speaker: Representative, terms: Terms, proof: Document | None) -> Mandate:
    file_key, reference = terms.file or (None, "")
    return Mandate(
        organisation_id=speaker.organisation_id,
        representative=speaker,
        public_id=uuid.uuid4(),
        scope=terms.scope,
        file_key=file_key,
        file_reference=reference,
        judged_on=terms.judged_on,
        court=terms.court,
        proof=proof,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        is_given_online=proof is None,
    )


def _known(of: Beneficiary, to: Speaker) -> Representative | None:
    if not to.email:
        return None
    return Representative.objects.filter(
        beneficiary=of, account=account_of(to.email, to.name), kind=to.kind, structure=to.structure
    ).first()


def _introduced(of: Beneficiary, to: Speaker, key: SealingKey) -> Representative:
    contact = {name: value for name in ("email", "phone", "address") if (value := getattr(to, name))}
    try:
        with transaction.atomic():
            return Representative.objects.create(
                organisation_id=of.organisation_id,
                beneficiary=of,
                kind=to.kind,
                name=to.name,
                structure=to.structure,
                # Without an address, nobody signs in as them: on paper only.
                account=account_of(to.email, to.name) if to.email else uuid.uuid4(),
                key=key,
                contact=sealing.seal(json.dumps(contact).encode(), opened(key), context=CONTACT),
            )
    except IntegrityError:
        # Two clicks at once: the other one's is it.
        known = _known(of, to)
        if known is None:
            raise
        return known


def _journal(verb: str, mandate: Mandate, by: Actor, at: datetime) -> None:
    record(
        verb=verb,
        subject=("mandate", str(mandate.public_id)),
        by=by,
        at=at,
        beneficiary_id=mandate.beneficiary_id,
        scope=str(mandate.scope),
        until=str(mandate.ends_on or ""),
    )
