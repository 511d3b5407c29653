"""What the service took part in: meetings, partners’ mornings, campaigns. They feed the report."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mediane.catalogue.models import EventKind
from mediane.catalogue.queries import every, in_force
from mediane.events import actions
from mediane.events.models import Event
from mediane.events.queries import events_of, years_of
from mediane.kit import clock
from mediane.web.desk.forms_events import EventForm, RemoveEventForm
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_safe
def events(request: StaffRequest) -> HttpResponse:
    caf = request.organisation
    today = clock.today(caf.time_zone)
    years = sorted({*years_of(caf.pk), today.year}, reverse=True)
    asked = request.GET.get("annee", "")
    year = next((one for one in years if str(one) == asked), today.year)
    kinds = every(EventKind)
    shown = [(event, kinds[event.kind].label, event.on > today) for event in events_of(caf.pk, year)]
    return render(request, "desk/events.html", {"events": shown, "year": year, "years": years})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    today = clock.today(request.organisation.time_zone)
    form = submitted(EventForm, request, kinds=in_force(EventKind, today), initial={"on": today})
    if form.is_valid():
        with refusals_on(form):
            key = form.cleaned_data["entry_key"]
            event = actions.enter_event(told=form.told(), by=request.actor, at=clock.now(), entry_key=key)
            return _to_its_year(event)
    return render(request, "desk/event.html", {"form": form, "event": None})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, number: int) -> HttpResponse:
    event = _found(request, number)
    form = submitted(EventForm, request, kinds=_kinds_of(request, event), initial=EventForm.known(event))
    if form.is_valid():
        with refusals_on(form):
            seen = form.cleaned_data["version"] or 0
            actions.change_event(
                event=event, told=form.told(), seen_version=seen, by=request.actor, at=clock.now()
            )
            return _to_its_year(event)
    return render(request, "desk/event.html", _seen_again(event, form))


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: StaffRequest, number: int) -> HttpResponse:
    event = _found(request, number)
    form = submitted(RemoveEventForm, request, initial={"version": event.version})
    if form.is_valid():
        with refusals_on(form):
            seen = form.cleaned_data["version"]
            actions.remove_event(event=event, seen_version=seen, by=request.actor, at=clock.now())
            return _to_its_year(event)
    context = _seen_again(event, form) | {"kind": every(EventKind)[event.kind].label}
    return render(request, "desk/event_remove.html", context)


def _found(request: StaffRequest, number: int) -> Event:
    """Unknown and foreign are the same."""
    event = Event.objects.of(request.organisation.pk).filter(pk=number).first()
    if event is None:
        raise Http404
    return event


def _kinds_of(request: StaffRequest, event: Event) -> list[EventKind]:
    """What is offered today, and the kind it has, even if it is no longer offered."""
    offered = in_force(EventKind, clock.today(request.organisation.time_zone))
    own = every(EventKind)[event.kind]
    return offered if own in offered else [*offered, own]


def _seen_again(event: Event, form: EventForm | RemoveEventForm) -> dict[str, Any]:
    """After a refusal, what was typed stays, and the next try is made on the event as it now is."""
    if form.non_field_errors() and isinstance(form.data, QueryDict):
        now = Event.objects.filter(pk=event.pk).values_list("version", flat=True).first()
        form.data = form.data.copy()
        form.data["version"] = str(now or "")
    return {"form": form, "event": event}


def _to_its_year(event: Event) -> HttpResponseRedirect:
    return redirect(f"{reverse('desk:events')}?annee={event.on.year}")
