"""Cancelling appointments: the gesture under the verbs that do it, and under those that close a case."""

from datetime import datetime

from django.db.models import QuerySet

from mediane.casework.actions.postings import tell_on_paper
from mediane.casework.actions.step import happened
from mediane.casework.models import Appointment, Case
from mediane.casework.rules.meetings import meeting_in_words
from mediane.casework.states import Act, AppointmentState, Paper, Way
from mediane.journal.rules import Actor
from mediane.kit import rows
from mediane.organisations.queries import by_id


def to_come(case: int, at: datetime) -> QuerySet[Appointment]:
    return Appointment.objects.filter(case_id=case, state=AppointmentState.PLANNED, starts_at__gt=at)


def cancel_to_come(case: Case, by: Actor, at: datetime) -> None:
    """With a locked case that closes go its appointments to come; the person is told of each, by one letter
    of them all where no e-mail leaves.

    One whose hour came is left: somebody knows whether it was held.
    """
    by_service = by.kind not in ("person", "mandate")
    state = AppointmentState.CANCELLED_BY_SERVICE if by_service else AppointmentState.CANCELLED_BY_PERSON
    for appointment in to_come(case.pk, at).order_by("starts_at", "pk"):
        appointment.case = case
        cancel(appointment, state, by, at)
    if by_service:
        tell_on_paper(case=case, kind=Paper.CANCELLED, by=by, at=at)


def cancel(appointment: Appointment, state: AppointmentState, by: Actor, at: datetime) -> None:
    """Cancel one that is planned, in a locked case."""
    end(appointment, state, by, at)
    words = f"{state.label}\u00a0: {in_words(appointment)}"
    happened(case=appointment.case, act=Act.CANCEL_APPOINTMENT, by=by, at=at, words=words)


def end(appointment: Appointment, state: AppointmentState, by: Actor, at: datetime) -> None:
    appointment.state, appointment.ended_at, appointment.ended_by = state, at, by.name
    rows.change(appointment, ("state", "ended_at", "ended_by"))


def in_words(appointment: Appointment) -> str:
    zone = by_id(appointment.organisation_id).time_zone
    return meeting_in_words(Way(appointment.way), appointment.starts_at, zone)
