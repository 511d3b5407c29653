"""The period for appeal, on living cases: days proven, days only said, letters without remedies."""

from datetime import timedelta

from mediane.appeals.actions import Dated, note_appeal_event
from mediane.appeals.rules.law import paths_for
from mediane.appeals.states import Evidence, Home, Remedies, What
from mediane.casework.models import Case
from mediane.casework.states import State
from mediane.integrations.demonstration.story import Service
from mediane.kit import rowsecurity

# Evidence, whether the letter states the remedies, its reference: dealt in turn.
PROOFS = (
    (Evidence.RECEIPT, Remedies.STATED, "Avis 2C 118 402 7735 1"),
    (Evidence.RECEIPT, Remedies.STATED, "Avis 2C 118 402 9120 4"),
    (Evidence.DECLARED, Remedies.UNKNOWN, ""),
    (Evidence.SENT, Remedies.STATED, "Copie de la notification, sans avis"),
    (Evidence.SPACE, Remedies.MISSING, "Lettre lue dans Mon Compte"),
)
MOST = 15
A_MINUTE = timedelta(minutes=1)


def note(service: Service) -> None:
    """Of cases under study, then answered; whether people see the date is left for somebody to decide."""
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        admitted = Case.objects.of(service.caf.pk).filter(admissible_on__isnull=False)
        told = admitted.filter(state__in=(State.UNDER_STUDY, State.ANSWERED))
        cases = told.exclude(referral__complaint=None).select_related(
            "organisation", "beneficiary", "referral__complaint", "key"
        )
        for rank, case in enumerate(cases.order_by("-state", "-admissible_on", "pk")[:MOST]):
            _date(service, case, rank)


def _date(service: Service, case: Case, rank: int) -> None:
    complaint = case.referral.complaint
    if complaint is None:
        return
    evidence, remedies, precision = PROOFS[rank % len(PROOFS)]
    dated = Dated(
        what=What.DECISION,
        on=complaint.made_on - timedelta(days=3 + rank % 9),
        evidence=evidence,
        path=paths_for(case.benefits)[0].code,
        remedies=remedies,
        home=Home.SAME,
    )
    note_appeal_event(
        case=case,
        dated=dated,
        precision=precision,
        seen_rank=0,
        by=service.team[rank % len(service.team)],
        at=service.now - A_MINUTE,
    )
