"""The tasks of questions to services: what is said to them, and what time asks to be said."""

from procrastinate.contrib.django import app

from mediane.consultations import actions
from mediane.consultations.models import Chase, Consultation
from mediane.consultations.queries.chasing import to_chase, to_follow
from mediane.jobs.tasks import AGAIN
from mediane.journal.rules import system
from mediane.kit import clock, jobs
from mediane.kit.rowsecurity import staff, working_for
from mediane.notifications import actions as notifications
from mediane.notifications import queries as announced
from mediane.organisations.queries import all_cafs


@app.task(name="tell_service", retry=AGAIN)
def tell_service(*, organisation_id: int, chase_id: int) -> None:
    """One job a person: an address that refuses holds nobody else back."""
    with working_for(staff(organisation_id)):
        chase = Chase.objects.select_related("consultation").get(pk=chase_id)
        for contact in announced.readers_of(chase):
            user_id = contact.user_id
            jobs.defer("tell_contact", organisation_id=organisation_id, chase_id=chase_id, user_id=user_id)


@app.task(name="tell_contact", retry=AGAIN)
def tell_contact(*, organisation_id: int, chase_id: int, user_id: int) -> None:
    """Whoever left the service meanwhile is told nothing."""
    with working_for(staff(organisation_id)):
        chase = Chase.objects.select_related("consultation").get(pk=chase_id)
        for contact in announced.readers_of(chase):
            if contact.user_id == user_id:
                notifications.tell_contact(chase=chase, contact=contact, at=clock.now())


@app.task(name="chase_services", retry=AGAIN)
def chase_services(timestamp: int) -> None:
    """The ladder of each question, one at a time: looked at again once its case is held."""
    at = clock.now()
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            waiting = to_chase(caf, at=at)
        for pk in waiting:
            with working_for(staff(caf.pk)):
                actions.chase(consultation=_known(pk), by=system(caf.pk), at=at)


@app.task(name="follow_cases", retry=AGAIN)
def follow_cases(timestamp: int) -> None:
    """Services learn that a case closed, or opened again. What they read changed in the very act."""
    at = clock.now()
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            moved = to_follow(caf.pk)
        for pk in moved:
            with working_for(staff(caf.pk)):
                actions.follow(consultation=_known(pk), by=system(caf.pk), at=at)


def _known(pk: int) -> Consultation:
    return Consultation.objects.select_related("key").get(pk=pk)
