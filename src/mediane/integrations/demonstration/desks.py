"""Views somebody keeps, cases they opened some days ago, a sheet asked for this morning."""

from datetime import timedelta

from mediane.casework.models import Case
from mediane.casework.queries.workplan import Filters, Sort, Tab, picked
from mediane.integrations.demonstration.story import Service
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.worklists import actions
from mediane.worklists.actions import Said, Wanted
from mediane.worklists.queries.desks import stored
from mediane.worklists.rules import USUAL
from mediane.worklists.states import Kind

DAYS_AGO = timedelta(days=3)
AN_HOUR = timedelta(hours=1)
OPENED = 14
ON_A_SHEET = 8
OVERPAYMENTS = Filters(grounds=("OVERPAYMENT_NOT_UNDERSTOOD",))
WITH_AGE = ("benefit", "state", "age", "due", "assignee")


def arrange(service: Service) -> None:
    """For each of the team, so that whoever signs in finds something changed since."""
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        _keep_views(service)
        cases = list(Case.objects.of(service.caf.pk).open().order_by("due_on", "reference")[: OPENED * 2])
        for rank, member in enumerate(service.team):
            followed = [case for case in cases if case.assignee_id == member.id]
            others = [case for case in cases[rank::2] if case.assignee_id != member.id]
            for case in [*followed, *others][:OPENED]:
                actions.open_case(case=case, by=member, at=service.now - DAYS_AGO)
        _ask_for_a_sheet(service, service.mediator, cases[:ON_A_SHEET])


def _keep_views(service: Service) -> None:
    kept = (
        ("Urgences du moment", True, Tab.ALL, Sort.DUE, Filters(urgent=True), USUAL),
        ("Les plus anciennes", False, Tab.ALL, Sort.OLDEST, Filters(), WITH_AGE),
        ("Pièces attendues sur un trop-perçu", True, Tab.AWAITING_PERSON, Sort.DUE, OVERPAYMENTS, USUAL),
    )
    for name, is_shared, tab, sort, filters, columns in kept:
        actions.keep(
            said=Said(name, is_shared),
            asked=stored(tab, sort, filters),
            columns=columns,
            by=service.mediator,
            at=service.now - DAYS_AGO,
        )


def _ask_for_a_sheet(service: Service, by: Actor, cases: list[Case]) -> None:
    chosen = picked(organisation_id=service.caf.pk, references=[case.reference for case in cases])
    if not chosen:
        return
    at = service.now - AN_HOUR
    operation = actions.ask(wanted=Wanted(Kind.EXPORT), picked=chosen, by=by, at=at)
    actions.go_on(operation=operation, at=at)
