"""The tasks of waits: reminders that send themselves, and what is promised, computed again."""

from procrastinate.contrib.django import app

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.jobs.tasks import AGAIN
from mediane.journal.rules import system
from mediane.kit import clock, jobs
from mediane.kit.rowsecurity import staff, working_for
from mediane.notifications import actions as notifications
from mediane.notifications import queries as announced
from mediane.organisations.queries import all_cafs


@app.task(name="remind_of_waits", retry=AGAIN)
def remind_of_waits(timestamp: int) -> None:
    """One job a person: an address that refuses holds nobody else back."""
    at = clock.now()
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            for request_id in announced.to_remind_of_documents(caf, at=at):
                jobs.defer("remind_of_documents", organisation_id=caf.pk, request_id=request_id)


@app.task(name="remind_of_documents", retry=AGAIN)
def remind_of_documents(*, organisation_id: int, request_id: int) -> None:
    """Answered, prolonged or reminded of meanwhile, it is looked at again: nothing is said twice."""
    with working_for(staff(organisation_id)):
        notifications.remind_of_documents(request_id=request_id, at=clock.now())


@app.task(name="reckon_again", retry=AGAIN)
def reckon_again(*, organisation_id: int, case_id: int) -> None:
    with working_for(staff(organisation_id)):
        case = Case.objects.select_related("organisation").get(pk=case_id)
        casework.reckon_again(case=case, by=system(organisation_id), at=clock.now())
