from datetime import datetime

from django.db import transaction
from django.db.models import Max

from mediane.casework import rights
from mediane.casework.actions.cancelling import cancel, end, in_words
from mediane.casework.actions.messages import write_to_service
from mediane.casework.actions.schedule import bring_up
from mediane.casework.actions.step import ChangedMeanwhile, MoveRefused, happened, lock
from mediane.casework.models import Appointment, Case
from mediane.casework.rules.meetings import AFTERWARDS, Meeting, why_not_then
from mediane.casework.states import Act, AppointmentState
from mediane.journal.rules import Actor
from mediane.kit import rows
from mediane.kit.refusal import Refusal


class AppointmentRefused(Refusal):
    """It may not be set then, or what came of it is not known yet."""


@transaction.atomic
def set_appointment(
    *, case: Case, meeting: Meeting, seen_version: int | None = None, by: Actor, at: datetime
) -> Appointment:
    """Set an appointment; the person is told that something awaits.

    :raises AppointmentRefused: for a moment gone by.
    :raises ChangedMeanwhile: if somebody acted since the page was shown.
    :raises MoveRefused: if the case is closed.
    """
    rights.require(rights.may_work_on(by, case))
    _require_to_come(meeting, at)
    lock(case, seen_version=seen_version)
    if not case.is_open:
        raise MoveRefused("Ce dossier est clos\u00a0: plus aucun rendez-vous ne s’y fixe.")
    last = case.appointments.aggregate(rank=Max("rank"))["rank"] or 0
    appointment = Appointment(
        organisation_id=case.organisation_id, case=case, rank=last + 1, told_at=at, told_by=by.name
    )
    _say(appointment, meeting)
    rows.add(appointment)
    happened(case=case, act=Act.SET_APPOINTMENT, by=by, at=at, words=in_words(appointment))
    return appointment


@transaction.atomic
def move_appointment(
    *, appointment: Appointment, meeting: Meeting, seen_version: int | None = None, by: Actor, at: datetime
) -> None:
    """Say otherwise when, how or where; the time line keeps what was said before.

    :raises AppointmentRefused: for a moment gone by.
    :raises ChangedMeanwhile: if somebody acted since the page was shown.
    :raises MoveRefused: if it ended meanwhile, or if the case is closed.
    """
    case = _take(appointment, by, seen_version)
    _require_to_come(meeting, at)
    if not case.is_open:
        raise MoveRefused("Ce dossier est clos\u00a0: ses rendez-vous ne se déplacent plus.")
    before = in_words(appointment)
    _say(appointment, meeting)
    appointment.told_at, appointment.told_by = at, by.name
    rows.change(appointment, ("way", "starts_at", "place", "words", "told_at", "told_by"))
    now = in_words(appointment)
    words = f"{now} (avant\u00a0: {before})" if now != before else now
    happened(case=case, act=Act.MOVE_APPOINTMENT, by=by, at=at, words=words)


@transaction.atomic
def end_appointment(
    *,
    appointment: Appointment,
    state: AppointmentState,
    seen_version: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Say that it was held, missed, or cancelled and by whom; also in a closed case.

    :raises AppointmentRefused: if its hour has not come, for what is only known afterwards.
    :raises ChangedMeanwhile: if somebody acted since the page was shown.
    :raises MoveRefused: if it ended meanwhile.
    """
    case = _take(appointment, by, seen_version)
    if state in AFTERWARDS and appointment.starts_at > at:
        raise AppointmentRefused("Ce rendez-vous n’a pas encore eu lieu\u00a0: il peut être annulé.")
    if state not in AFTERWARDS:
        cancel(appointment, state, by, at)
        return
    end(appointment, state, by, at)
    words = f"{state.label}\u00a0: {in_words(appointment)}"
    happened(case=case, act=Act.END_APPOINTMENT, by=by, at=at, words=words, is_shared=False)


@transaction.atomic
def cancel_own_appointment(
    *, appointment: Appointment, seen_at: datetime, reason: str = "", by: Actor, at: datetime
) -> None:
    """Say, oneself, that one will not come; a reason goes to the service as a message does.

    `seen_at` is when the person was told of the moment that she cancels.

    :raises AppointmentRefused: if its hour has come.
    :raises ChangedMeanwhile: if it was moved since it was shown.
    :raises MoveRefused: if it ended meanwhile.
    """
    case = appointment.case
    rights.require(rights.may_act_for_oneself(by, case))
    lock(case)
    rows.hold(appointment, keep=("case",))
    if not appointment.is_planned:
        raise MoveRefused("Ce rendez-vous est déjà annulé, ou terminé.")
    if appointment.told_at != seen_at:
        raise ChangedMeanwhile("Ce rendez-vous a été déplacé entre-temps\u00a0: relisez sa date.")
    if appointment.starts_at <= at:
        raise AppointmentRefused("L’heure de ce rendez-vous est passée\u00a0: écrivez-nous plutôt.")
    case.has_news = True
    bring_up(case, at)
    cancel(appointment, AppointmentState.CANCELLED_BY_PERSON, by, at)
    if reason:
        write_to_service(case=case, body=reason, by=by, at=at)


def _take(appointment: Appointment, by: Actor, seen_version: int | None) -> Case:
    """The case locked, and the appointment as it now is, still planned."""
    case = appointment.case
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    rows.hold(appointment, keep=("case",))
    if not appointment.is_planned:
        label = AppointmentState(appointment.state).label.lower()
        raise MoveRefused(f"{appointment.ended_by} a déjà conclu ce rendez-vous\u00a0: {label}.")
    return case


def _require_to_come(meeting: Meeting, at: datetime) -> None:
    if reason := why_not_then(meeting.starts_at, at):
        raise AppointmentRefused(f"{reason}.")


def _say(appointment: Appointment, meeting: Meeting) -> None:
    appointment.way, appointment.starts_at = meeting.way, meeting.starts_at
    appointment.place, appointment.words = meeting.place, meeting.words
