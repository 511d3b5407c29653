"""Telephone calls noted on a case; appointments set, moved and ended."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework import actions, rights
from mediane.casework.models import Appointment, Case
from mediane.casework.queries.postings import notice_address
from mediane.casework.queries.reaching import reaching
from mediane.casework.queries.spoken import appointment_of
from mediane.casework.rules.meetings import meeting_in_words
from mediane.casework.states import AppointmentState, CallKind, Way
from mediane.kit import clock
from mediane.web.desk import forms_meetings as forms
from mediane.web.desk.finding import found
from mediane.web.desk.telling import told_by_notice
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
def note_call(request: StaffRequest, reference: str) -> HttpResponse:
    """A call conflicts with nothing: two people may note one each."""
    case, at = found(request, reference), clock.now()
    rights.require(rights.may_work_on(request.actor, case))
    zone = case.organisation.time_zone
    known = {"version": case.version, "spoke_to": case.beneficiary.full_name, "kind": CallKind.MADE}
    initial = known | forms.NoteCall.typed(at, zone)
    form = submitted(forms.NoteCall, request, now=at, time_zone=zone, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            actions.note_call(case=case, spoken=form.spoken(), by=request.actor, at=at)
            return redirect("desk:case", reference=reference)
    return render(request, "desk/note_call.html", {"case": case, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def set_appointment(request: StaffRequest, reference: str) -> HttpResponse:
    case, at = found(request, reference), clock.now()
    rights.require(rights.may_work_on(request.actor, case))
    zone = case.organisation.time_zone
    initial = {"version": case.version}
    form = submitted(forms.SetAppointment, request, now=at, time_zone=zone, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            seen = form.cleaned_data["version"]
            actions.set_appointment(
                case=case, meeting=form.meeting(), seen_version=seen, by=request.actor, at=at
            )
            return redirect("desk:case", reference=reference)
        form.sees(case)
    return render(request, "desk/appointment.html", _page(case, form, None))


@require_http_methods(["GET", "HEAD", "POST"])
def move_appointment(request: StaffRequest, reference: str, rank: int) -> HttpResponse:
    case, at = found(request, reference), clock.now()
    rights.require(rights.may_work_on(request.actor, case))
    appointment, zone = _of(case, rank), case.organisation.time_zone
    if request.method != "POST" and not appointment.is_planned:
        return redirect("desk:case", reference=reference)
    initial = {"version": case.version} | forms.SetAppointment.known(appointment, zone)
    form = submitted(forms.SetAppointment, request, now=at, time_zone=zone, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            seen = form.cleaned_data["version"]
            actions.move_appointment(
                appointment=appointment, meeting=form.meeting(), seen_version=seen, by=request.actor, at=at
            )
            return redirect("desk:case", reference=reference)
        form.sees(case)
    return render(request, "desk/appointment.html", _page(case, form, appointment))


@require_http_methods(["GET", "HEAD", "POST"])
def end_appointment(request: StaffRequest, reference: str, rank: int) -> HttpResponse:
    case, at = found(request, reference), clock.now()
    rights.require(rights.may_work_on(request.actor, case))
    appointment = _of(case, rank)
    if request.method != "POST" and not appointment.is_planned:
        return redirect("desk:case", reference=reference)
    has_begun = appointment.starts_at <= at
    initial = {"version": case.version}
    form = submitted(forms.EndAppointment, request, has_begun=has_begun, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            actions.end_appointment(
                appointment=appointment,
                state=AppointmentState(form.cleaned_data["state"]),
                seen_version=form.cleaned_data["version"],
                by=request.actor,
                at=at,
            )
            return redirect("desk:case", reference=reference)
        form.sees(case)
    return render(request, "desk/end_appointment.html", _page(case, form, appointment))


def _of(case: Case, rank: int) -> Appointment:
    appointment = appointment_of(case, rank)
    if appointment is None:
        raise Http404
    return appointment


def _page(case: Case, form: Any, appointment: Appointment | None) -> dict[str, Any]:
    """With what whoever calls must know: where it is safe, and when."""
    zone = case.organisation.time_zone
    when = meeting_in_words(Way(appointment.way), appointment.starts_at, zone) if appointment else ""
    said = reaching(case)
    told = {"told_by_notice": told_by_notice(said), "is_written_to": bool(notice_address(said))}
    return {"case": case, "form": form, "when": when, "reach": said, **told}
