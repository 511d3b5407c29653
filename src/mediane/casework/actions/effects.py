"""Money, line by line: recorded by one person, validated by another, corrected by a new line."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.step import happened, lock
from mediane.casework.models import Case, FinancialEffect
from mediane.casework.rules.counting import ANSWERED_ELSEWHERE
from mediane.casework.rules.money import amount
from mediane.casework.states import Act, Effect
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.kit.once import written_by_page
from mediane.kit.refusal import Refusal

MOST = Decimal("1000000")


class NoEffect(Refusal):
    """The two amounts do not say what the line says."""


class AlreadyValidated(Refusal):
    """Somebody was first."""


class NotByOneself(Refusal):
    """Whoever recorded a line does not validate it."""


class CountedElsewhere(Refusal):
    """Another case answers for this one, and has its money."""


class AlreadyCorrected(Refusal):
    """Another line already stands for this one."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """Of one decision on one benefit, in euros; `benefit` is a code of the catalogue."""

    kind: Effect
    benefit: str
    decision: str
    before: Decimal
    after: Decimal
    evidence: str


@transaction.atomic
def record_effect(
    *, case: Case, change: Change, by: Actor, at: datetime, entry_key: UUID | None = None
) -> FinancialEffect:
    """Write a line, waiting for somebody else to validate it; after the reply too, since money follows it.

    :raises AlreadySent: if the page wrote another line.
    :raises CountedElsewhere: if the case is merged into another, or went to another Caf.
    :raises NoEffect: if the amounts say nothing, the contrary, or more than a million.
    """
    rights.require(rights.may_work_on(by, case))
    if amount(change.kind, change.before, change.after) <= 0:
        raise NoEffect(_contrary(change.kind))
    if first := _first(case, change, entry_key):
        return first
    return _write(case, change, None, by, at, entry_key)


@transaction.atomic
def correct_effect(
    *, effect: FinancialEffect, change: Change, by: Actor, at: datetime, entry_key: UUID | None = None
) -> FinancialEffect:
    """Write a line that will stand for this one once validated; until then, the first one counts.

    With the same amounts before and after, the line is cancelled.

    :raises AlreadyCorrected: if another line corrects it already.
    :raises CountedElsewhere: if the case is merged into another, or went to another Caf.
    :raises NoEffect: if the amounts say the contrary of the line.
    """
    rights.require(rights.may_work_on(by, effect.case))
    if amount(change.kind, change.before, change.after) < 0:
        raise NoEffect(_contrary(change.kind))
    if first := _first(effect.case, change, entry_key):
        return first
    lock(effect.case)
    if FinancialEffect.objects.filter(corrects=effect).exists():
        raise AlreadyCorrected("Cette ligne est déjà corrigée par une autre. Corrigez la plus récente.")
    return _write(effect.case, change, effect, by, at, entry_key)


@transaction.atomic
def validate_effect(*, effect: FinancialEffect, by: Actor, at: datetime) -> FinancialEffect:
    """Count a line, as a second person.

    :raises NotByOneself: to whoever recorded it.
    :raises AlreadyValidated: if somebody did it first.
    """
    rights.require(rights.may_validate(by, effect))
    if by.kind == "head":
        # Who reads the line and no case of it: the step is written in the history all the same.
        with rowsecurity.working_for(rowsecurity.staff(effect.organisation_id)):
            return _validate(effect, by, at)
    return _validate(effect, by, at)


def _validate(effect: FinancialEffect, by: Actor, at: datetime) -> FinancialEffect:
    lock(effect.case)
    effect = FinancialEffect.objects.select_for_update().get(pk=effect.pk)
    if effect.recorded_by_id == by.id:
        raise NotByOneself("Vous avez saisi cette ligne\u00a0: une autre personne la valide.")
    if effect.validated_at is not None:
        raise AlreadyValidated(f"Cette ligne est déjà validée par {effect.validated_by}.")
    effect.validated_at, effect.validated_by, effect.validated_by_id = at, by.name, by.id
    effect.save(update_fields=["validated_at", "validated_by", "validated_by_id"])
    happened(case=effect.case, act=Act.VALIDATE_EFFECT, by=by, at=at, words=str(effect), is_shared=False)
    return effect


def _first(case: Case, change: Change, entry_key: UUID | None) -> FinancialEffect | None:
    return written_by_page(
        FinancialEffect,
        entry_key=entry_key,
        organisation_id=case.organisation_id,
        case_id=case.pk,
        **asdict(change),
    )


def _write(
    case: Case,
    change: Change,
    corrected: FinancialEffect | None,
    by: Actor,
    at: datetime,
    entry_key: UUID | None,
) -> FinancialEffect:
    if max(change.before, change.after) > MOST:
        raise NoEffect("Un montant dépasse un million d’euros. Vérifiez la virgule.")
    lock(case)
    if case.state in ANSWERED_ELSEWHERE:
        raise CountedElsewhere(
            "Un autre dossier répond pour celui-ci\u00a0: les montants se saisissent dans cet autre dossier."
        )
    written = FinancialEffect.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        rank=case.effects.count() + 1,
        kind=change.kind,
        benefit=change.benefit,
        decision=change.decision,
        before=change.before,
        after=change.after,
        amount=amount(change.kind, change.before, change.after),
        evidence=change.evidence,
        corrects=corrected,
        entry_key=entry_key,
        recorded_at=at,
        recorded_by=by.name,
        recorded_by_id=by.id,
    )
    act = Act.CORRECT_EFFECT if corrected else Act.RECORD_EFFECT
    happened(case=case, act=act, by=by, at=at, words=str(written), is_shared=False)
    return written


def _contrary(kind: Effect) -> str:
    if kind in (Effect.BACK_PAYMENT, Effect.OVERPAYMENT_DETECTED, Effect.DEDUCTION_GIVEN_BACK):
        return "Le montant après doit dépasser le montant avant."
    return "Le montant après doit être inférieur au montant avant."
