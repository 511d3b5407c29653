"""Waits that end today, and one that was prolonged: what is to be looked at, and what somebody did."""

from collections.abc import Iterator
from datetime import timedelta

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.states import State
from mediane.integrations.demonstration import cast
from mediane.integrations.demonstration.story import Service
from mediane.kit import rowsecurity

DAY = timedelta(days=1)
ASKED = 13 * DAY
LONGER = 21 * DAY
WHY = "La MDPH annonce sa décision pour le mois prochain."


def wait(service: Service) -> None:
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        quiet = _quiet(service)
        at = service.now - ASKED
        if case := next(quiet, None):
            labels = ["Quittance de loyer", "Relevé de compte"]
            casework.ask_documents(case=case, labels=labels, due_on=service.today, by=service.mediator, at=at)
        if case := next(quiet, None):
            casework.await_decision(
                case=case,
                body="CPAM",
                reason="Attestation de pension",
                look_again_on=service.today,
                by=service.mediator,
                at=at,
            )
        _prolong(service)


def _quiet(service: Service) -> Iterator[Case]:
    """Cases under study, of people nobody signs in as, where nothing happened lately."""
    known = [one.number for one in cast.people()]
    cases = Case.objects.select_related("beneficiary", "referral", "key").of(service.caf.pk)
    studied = cases.filter(state=State.UNDER_STUDY, has_news=False, has_draft_reply=False)
    before = service.now - ASKED
    for case in studied.exclude(beneficiary__number__in=known).order_by("reference"):
        if case.steps.latest("at", "pk").at < before and not case.appointments.exists():
            yield case


def _prolong(service: Service) -> None:
    """The wait that began first: somebody telephoned."""
    held = Case.objects.of(service.caf.pk).filter(state=State.AWAITING_DECISION, holds__body="MDPH")
    case = held.filter(holds__ended_on=None, has_news=False).order_by("holds__since", "reference").first()
    if case is None:
        return
    hold = case.holds.get(ended_on=None)
    until = max(hold.look_again_on, service.today) + LONGER
    at = service.now - timedelta(hours=3)
    casework.change_wait(case=case, wait=hold, until=until, because=WHY, by=service.mediator, at=at)
