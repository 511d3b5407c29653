"""Money on living cases, in each state a line may be in; and an answer opened again."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet

from mediane.casework import actions as casework
from mediane.casework.actions import Change
from mediane.casework.models import Case, FinancialEffect
from mediane.casework.states import Effect, Outcome, State
from mediane.integrations.demonstration import cast
from mediane.integrations.demonstration.analysis import REVISED
from mediane.integrations.demonstration.story import Service
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.organisations.models import Role

# Kind, decision, before, after, evidence: dealt in turn to the cases whose decision was revised.
LINES = (
    (Effect.BACK_PAYMENT, "Droits de juin à août", "0", "1284.90", "Notification de droits"),
    (Effect.OVERPAYMENT_CANCELLED, "Trop-perçu du printemps", "1842.60", "614.20", "Détail du calcul"),
    (Effect.BACK_PAYMENT, "Reprise des versements", "212.35", "930.40", "Relevé du compte allocataire"),
    (Effect.DEDUCTION_GIVEN_BACK, "Retenues de septembre", "0", "152", "Avis de reversement"),
    (Effect.OVERPAYMENT_CANCELLED, "Trop-perçu annulé", "748.12", "0", "Décision du service"),
    (Effect.OVERPAYMENT_DETECTED, "Ressources de l’an passé", "0", "318.55", "Contrôle des ressources"),
    (Effect.DEDUCTION_LOWERED, "Retenue mensuelle", "187", "35", "Nouvel échéancier"),
    (Effect.PLAN_EASED, "Mensualité du plan", "120", "60", "Plan de remboursement"),
)
REMITTED = (Effect.DEBT_REMITTED, "Remise accordée par la CRA", "980", "490", "Décision de la CRA")
LATER = timedelta(hours=20)
A_MINUTE = timedelta(minutes=1)


def count(service: Service) -> None:
    """Lines of every state; then an answer opened again, where somebody may validate and sign."""
    officer = _officer(service)
    if officer is None:
        return
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        revised = _closed(service, REVISED)
        for rank, case in enumerate(revised):
            at = min((case.closed_at or service.now) + LATER, service.now - A_MINUTE)
            recorded = _record(case, LINES[rank % len(LINES)], officer, at)
            if rank % 3 != 2:
                casework.validate_effect(effect=recorded, by=service.mediator, at=at + A_MINUTE)
        if revised:
            _corrected(revised[0], officer, service.now)
        for case in _awaiting_the_commission(service)[:1]:
            _record(case, REMITTED, officer, service.now - LATER)
        _opened_again(service)


def _officer(service: Service) -> Actor | None:
    """Whoever records; without somebody else, nothing would ever be validated."""
    return next((member for member in service.team if member.role == Role.OFFICER), None)


def _closed(service: Service, outcomes: tuple[Outcome, ...]) -> list[Case]:
    closed = Case.objects.of(service.caf.pk).filter(state=State.ANSWERED, closings__outcome__in=outcomes)
    return list(closed.select_related("organisation", "beneficiary").order_by("received_at"))


def _awaiting_the_commission(service: Service) -> QuerySet[Case]:
    waiting = Case.objects.of(service.caf.pk).filter(state=State.AWAITING_DECISION)
    return waiting.filter(holds__body="CRA", holds__ended_on=None).order_by("received_at")


def _record(case: Case, line: tuple[Effect, str, str, str, str], by: Actor, at: datetime) -> FinancialEffect:
    kind, decision, before, after, evidence = line
    change = Change(
        kind=kind,
        benefit=case.benefits[0],
        decision=decision,
        before=Decimal(before),
        after=Decimal(after),
        evidence=evidence,
    )
    return casework.record_effect(case=case, change=change, by=by, at=at)


def _corrected(case: Case, by: Actor, at: datetime) -> None:
    """Two figures swapped: the first line counts until the other is validated."""
    first = case.effects.order_by("rank")[0]
    first.case = case
    change = Change(
        kind=Effect(first.kind),
        benefit=first.benefit,
        decision=first.decision,
        before=first.before,
        after=first.after - 36,
        evidence=first.evidence,
    )
    casework.correct_effect(effect=first, change=change, by=by, at=at)


def _opened_again(service: Service) -> None:
    known = {guest.number for guest in cast.people()}
    upheld = [one for one in _closed(service, (Outcome.UPHELD,)) if one.beneficiary.number not in known]
    if upheld:
        case = upheld[-1]
        casework.reopen(
            case=case,
            because="L’allocataire apporte l’attestation qui manquait.",
            by=service.mediator,
            at=max(case.closed_at or service.now, service.now - LATER),
        )
