"""The tasks of appointments and call-backs: reminders of the day before, and what is forgotten."""

from procrastinate.contrib.django import app

from mediane.callbacks import actions as callbacks
from mediane.casework.models import Appointment
from mediane.jobs.tasks import AGAIN
from mediane.kit import clock, jobs
from mediane.kit.rowsecurity import staff, working_for
from mediane.notifications import actions as notifications
from mediane.notifications import queries as announced
from mediane.organisations.queries import all_cafs


@app.task(name="remind_of_tomorrow", retry=AGAIN)
def remind_of_tomorrow(timestamp: int) -> None:
    """One job a person: an address that refuses holds nobody else back."""
    at = clock.now()
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            for appointment_id in announced.to_remind_of(caf, at=at):
                jobs.defer("remind", organisation_id=caf.pk, appointment_id=appointment_id)


@app.task(name="remind", retry=AGAIN)
def remind(*, organisation_id: int, appointment_id: int) -> None:
    """Moved, ended or reminded of meanwhile, it is looked at again: nothing is said twice, or wrongly."""
    at = clock.now()
    with working_for(staff(organisation_id)):
        appointment = (
            Appointment.objects.select_related(
                "organisation", "case__beneficiary", "case__organisation", "case__referral__key"
            )
            .filter(pk=appointment_id)
            .first()
        )
        if appointment is not None:
            notifications.remind(appointment=appointment, at=at)


@app.task(name="forget_callbacks", retry=AGAIN)
def forget_callbacks(timestamp: int) -> None:
    """Whoever was called back is forgotten; so is which requests came from one connection."""
    at = clock.now()
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            callbacks.forget(organisation_id=caf.pk, today=clock.day_of(at, caf.time_zone), at=at)
