"""What the person does of an appointment: she says that she will not come."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework.actions import cancel_own_appointment
from mediane.casework.models import Appointment
from mediane.casework.queries.spoken import appointment_of, shown
from mediane.kit import clock
from mediane.web.citizen.forms_space import CancelAppointment
from mediane.web.citizen.space_case import found, page_of
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def cancel_appointment(request: PersonRequest, reference: str, rank: int) -> HttpResponse:
    case, at = found(request, reference), clock.now()
    appointment = appointment_of(case, rank)
    if appointment is None:
        raise Http404
    if request.method != "POST" and not _is_to_come(appointment):
        return redirect(page_of(case))
    form = submitted(CancelAppointment, request, initial={"seen_at": appointment.told_at.isoformat()})
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            cancel_own_appointment(appointment=appointment, **form.cleaned_data, by=request.actor, at=at)
            return redirect(page_of(case))
    form.sees(appointment)
    (meeting,) = shown([appointment], case.organisation.time_zone)
    words = {"case": case, "form": form, "meeting": meeting, "is_to_come": _is_to_come(appointment)}
    return render(request, "citizen/space_cancel_appointment.html", words)


def _is_to_come(appointment: Appointment) -> bool:
    return appointment.is_planned and appointment.starts_at > clock.now()
